/**
 * Trains and applies a classifier on a separate engine: for class scores, for features, for telling real from
 * generated.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, Program, Tensors } from '../../engine/engine';
import { type AdamSettings, adamStep, adamUpdate } from '../../nn/adam';
import type { ExampleShape } from '../../shared/example-shape';
import { exampleExtents } from '../../shared/example-shape';
import '../../nn/gradients';
import type { NetworkDeclaration } from '../../nn/parameters';
import { applyNetwork, declareNetwork, initialLeaves } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import { Random } from '../../random/random';
import type { HostTensor, HostTensors } from '../../shared/host-tensor';
import { float32, scalar, sizeOf } from '../../shared/host-tensor';
import type { FloatMatrix } from '../algebra/matrix';
import { floatMatrix } from '../algebra/matrix';
import { classifierNetwork, FEATURES_TAP } from './classifier-network';
import type { ExtractionWatch, FeatureLayers } from './feature-network';
import { tappedLayers } from './tapped-layers';

export const CLASSIFIER_BATCH = 64;

const ROOT = 'classifier';
const ADAM: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const LEARNING_RATE = 1e-3;
const TRAIN = 'train';
const APPLY = 'apply';

export interface LabelledBatch {
  /** `[64, ...example]` */
  readonly examples: HostTensor;
  readonly labels: Int32Array;
}

export interface ClassifierTraining {
  readonly steps: number;
  readonly seed: number;
  nextBatch(): Promise<LabelledBatch>;
  /** Ends training, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
  onStep?(step: number): void;
}

export interface Classified {
  /** `[count, 128]` */
  readonly features: FloatMatrix;
  /** `[count, classes]`, each row sums to 1. */
  readonly probabilities: FloatMatrix;
}

export class Classifier {
  readonly classes: number;
  readonly #engine: Engine;
  readonly #shape: ExampleShape;
  readonly #network: Network;
  readonly #declaration: NetworkDeclaration;

  /** @param engine used exclusively; disposing of it is up to its creator */
  constructor(engine: Engine, shape: ExampleShape, classes: number) {
    this.classes = classes;
    this.#engine = engine;
    this.#shape = shape;
    this.#network = classifierNetwork(shape, classes);
    this.#declaration = declareNetwork(this.#network, ROOT, [CLASSIFIER_BATCH, ...exampleExtents(shape)]);
  }

  /** Loads the weights of a classifier trained earlier. */
  async load(weights: HostTensors): Promise<void> {
    this.#engine.write(weights);
    await this.#engine.compile(this.#applying());
  }

  async weights(): Promise<HostTensors> {
    return await this.#engine.read(this.#names);
  }

  async layers(): Promise<FeatureLayers> {
    return tappedLayers(this.#network, ROOT, await this.weights());
  }

  /** Trains with Adam on the cross-entropy, with a learning rate that falls to zero along a half cosine. */
  async train({ steps, seed, nextBatch, signal, onStep }: ClassifierTraining): Promise<void> {
    const first = initialLeaves(this.#declaration.leaves, Random.seeded(seed, ROOT));
    this.#engine.write(first);
    for (const [name, { shape }] of Object.entries(first))
      this.#engine.write({ [`mean/${name}`]: float32(shape), [`variance/${name}`]: float32(shape) });
    await this.#engine.compile(this.#training());
    for (let step = 1; step <= steps; step++) {
      signal?.throwIfAborted();
      const { examples, labels } = await nextBatch();
      const rate = (LEARNING_RATE * (1 + Math.cos((Math.PI * (step - 1)) / steps))) / 2;
      const { stepSize, epsilon } = adamStep(ADAM, rate, step);
      await this.#engine.run(TRAIN, {
        examples,
        labels: this.#oneHot(labels),
        stepSize: scalar(stepSize),
        epsilon: scalar(epsilon),
      });
      onStep?.(step);
    }
    await this.#engine.compile(this.#applying());
  }

  /** Classifies examples `[count, ...example]`. Requires weights that were loaded or trained. */
  async classify(examples: HostTensor, { signal, onDone }: ExtractionWatch = {}): Promise<Classified> {
    const [count = 0, ...rest] = examples.shape;
    const width = sizeOf(rest);
    let features = floatMatrix(count, 0);
    const probabilities = floatMatrix(count, this.classes);
    for (let start = 0; start < count; start += CLASSIFIER_BATCH) {
      signal?.throwIfAborted();
      const rows = Math.min(CLASSIFIER_BATCH, count - start);
      const batch = new Float32Array(CLASSIFIER_BATCH * width);
      batch.set(examples.data.subarray(start * width, (start + rows) * width));
      const outputs = await this.#engine.run(APPLY, {
        examples: float32([CLASSIFIER_BATCH, ...rest], batch),
      });
      const found = outputs.features;
      const chances = outputs.probabilities;
      if (found === undefined || chances === undefined) throw new RangeError('the classifier gave nothing');
      const columns = found.shape[1] ?? 0;
      if (features.columns !== columns) features = floatMatrix(count, columns);
      features.data.set(found.data.subarray(0, rows * columns), start * columns);
      probabilities.data.set(chances.data.subarray(0, rows * this.classes), start * this.classes);
      onDone?.(start + rows);
    }
    return { features, probabilities };
  }

  get #names(): readonly string[] {
    return this.#declaration.leaves.map(({ name }) => name);
  }

  get #examples(): Program['inputs'][string] {
    return { shape: [CLASSIFIER_BATCH, ...exampleExtents(this.#shape)], dtype: 'float32' };
  }

  #oneHot(labels: Int32Array): HostTensor {
    const values = new Float32Array(labels.length * this.classes);
    labels.forEach((label, i) => {
      values[i * this.classes + label] = 1;
    });
    return float32([labels.length, this.classes], values);
  }

  #training(): Program {
    const names = this.#names;
    const leaves = names.flatMap((name) => [name, `mean/${name}`, `variance/${name}`]);
    return {
      name: TRAIN,
      reads: leaves,
      writes: leaves,
      inputs: {
        examples: this.#examples,
        labels: { shape: [CLASSIFIER_BATCH, this.classes], dtype: 'float32' },
        stepSize: { shape: [], dtype: 'float32' },
        epsilon: { shape: [], dtype: 'float32' },
      },
      build: (state, inputs) => {
        const { grads } = tf.valueAndGrads((...weights: tf.Tensor[]) => {
          const logits = applyNetwork(
            this.#network,
            ROOT,
            named(inputs, 'examples'),
            Object.fromEntries(names.flatMap((name, i) => (weights[i] ? [[name, weights[i]]] : []))),
            'train',
          );
          const likelihoods = tf.sum(tf.mul(named(inputs, 'labels'), tf.logSoftmax(logits)), 1);
          return tf.neg(tf.mean(likelihoods));
        })(names.map((name) => named(state, name)));
        const next: Tensors = {};
        names.forEach((name, i) => {
          const gradient = grads[i];
          if (gradient === undefined) return;
          const updated = adamUpdate(
            {
              parameter: named(state, name),
              mean: named(state, `mean/${name}`),
              variance: named(state, `variance/${name}`),
            },
            gradient,
            ADAM,
            { stepSize: named(inputs, 'stepSize'), epsilon: named(inputs, 'epsilon') },
          );
          next[name] = updated.parameter;
          next[`mean/${name}`] = updated.mean;
          next[`variance/${name}`] = updated.variance;
        });
        return { state: next, outputs: {} };
      },
    };
  }

  #applying(): Program {
    return {
      name: APPLY,
      reads: this.#names,
      writes: [],
      inputs: { examples: this.#examples },
      build: (state, inputs) => {
        const outputs: Tensors = {};
        const logits = applyNetwork(this.#network, ROOT, named(inputs, 'examples'), state, 'sample', {
          onTap: (name, value) => {
            if (name === FEATURES_TAP) outputs.features = value;
          },
        });
        return { state: {}, outputs: { ...outputs, probabilities: tf.softmax(logits) } };
      },
    };
  }
}

function named(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`the program was not given ${name}`);
  return tensor;
}
