/**
 * Finds a latent from which a generator makes a given image, by gradient descent (Zhu et al. 2016, "Generative Visual
 * Manipulation on the Natural Image Manifold", section 4.1). What it finds shows what the generator has learnt to make,
 * and is where edits of a picture of one's own begin.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, Program, Tensors } from '../engine/engine';
import { SAMPLE_INPUTS } from '../gan/programs';
import { oneHot } from '../gan/step/class-labels';
import { type AdamSettings, adamStep, adamUpdate } from '../nn/adam';
import '../nn/gradients';
import { Random } from '../random/random';
import { WorkbenchError } from '../shared/errors';
import { exampleExtents, type ImageShape } from '../shared/example-shape';
import { float32, type HostTensor, rowsOf, scalar, sizeOf } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { InferenceNetwork, Latents, TrainingTask } from '../training/task';

/** The run has no generator that can be inverted. */
class InversionError extends WorkbenchError {}

export interface InversionOptions {
  /** Random latents of which the most similar ones are started from. */
  readonly candidates: number;
  /** Latents that are optimised side by side; the best one is the result. */
  readonly starts: number;
  readonly steps: number;
  readonly seed: number;
  /** The class of the image; by default that of the best result. */
  readonly label?: number;
  readonly signal?: AbortSignal;
  onStep?(step: number): void;
}

export interface Inversion {
  /** `[size]` */
  readonly latent: Float32Array;
  /** Undefined if the generator has no classes. */
  readonly label?: number;
  /** `[1, height, width, channels]`: what the generator makes of the latent. */
  readonly image: HostTensor;
  /** Mean squared difference from the target, of values from -1 to 1. */
  readonly error: number;
}

const ADAM: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const LEARNING_RATE = 0.1;
/** Weight of the mean square of a normal latent, which keeps it where the prior has its mass. */
const PRIOR_WEIGHT = 1e-4;
const INVERT = 'invert';
const LATENT = 'inversion/latent';
const MEAN = 'inversion/mean';
const VARIANCE = 'inversion/variance';

interface Start {
  readonly latent: Float32Array;
  readonly label: number;
}

export class Inverter {
  readonly shape: ImageShape;
  readonly #task: TrainingTask;
  readonly #engine: Engine;
  readonly #latents: Latents;
  readonly #network: InferenceNetwork;
  #compiledFor = 0;

  /** Throws `InversionError` if the generator has no latents or makes no images. */
  constructor({ task, engine }: { readonly task: TrainingTask; readonly engine: Engine }) {
    const network = task.networks.find(({ name }) => name === 'generator');
    const { latents, example } = task;
    if (network === undefined || latents === undefined)
      throw new InversionError(
        localizable('The generator of this run starts from images of its data, not from latents.'),
        localizable('Apply it to the image with `gan translate`.'),
      );
    if (example.kind !== 'image' || example.labelMap !== undefined)
      throw new InversionError(
        localizable('The generator of this run does not make images.'),
        localizable('Choose a run of images.'),
      );
    this.shape = example;
    this.#task = task;
    this.#engine = engine;
    this.#latents = latents;
    this.#network = network;
  }

  /**
   * @param target `[1, height, width, channels]` in [-1, 1]
   */
  async invert(target: HostTensor, options: InversionOptions): Promise<Inversion> {
    const starts = await this.#startsFor(target, options);
    await this.#compile(starts.length);
    const { size, classes } = this.#latents;
    const shape = [starts.length, size];
    const labels = Int32Array.from(starts, ({ label }) => label);
    const classInput = classes === 0 ? {} : { [SAMPLE_INPUTS.labels]: oneHot(labels, classes) };
    this.#engine.write({
      [LATENT]: rowsOf(
        starts.map(({ latent }) => latent),
        size,
      ),
      [MEAN]: float32(shape),
      [VARIANCE]: float32(shape),
    });
    for (let step = 1; step <= options.steps; step++) {
      options.signal?.throwIfAborted();
      const rate = (LEARNING_RATE * (1 + Math.cos((Math.PI * (step - 1)) / options.steps))) / 2;
      const { stepSize, epsilon } = adamStep(ADAM, rate, step);
      await this.#engine.run(INVERT, {
        ...classInput,
        target,
        stepSize: scalar(stepSize),
        epsilon: scalar(epsilon),
      });
      options.onStep?.(step);
    }
    const { [LATENT]: found } = await this.#engine.read([LATENT]);
    if (found === undefined) throw new RangeError('the engine has lost the latents');
    const values = Float32Array.from(found.data);
    const ends = starts.map(({ label }, i) => ({
      latent: values.slice(i * size, (i + 1) * size),
      label,
    }));
    return await this.#best(ends, target);
  }

  /** The most similar ones of random samples. */
  async #startsFor(
    target: HostTensor,
    { candidates, starts, seed, label }: InversionOptions,
  ): Promise<readonly Start[]> {
    const { size, prior, classes } = this.#latents;
    const random = Random.seeded(seed, 'inversion');
    const drawn = Array.from({ length: candidates }, (_, i): Start => {
      const latent = new Float32Array(size);
      if (prior === 'normal') random.fillNormal(latent);
      else random.fillUniform(latent, -1, 1);
      return { latent, label: label ?? (classes === 0 ? 0 : i % classes) };
    });
    const images = await this.#made(drawn);
    const order = errorsOf(images, target)
      .map((error, i) => ({ error, i }))
      .sort((a, b) => a.error - b.error);
    return order.slice(0, starts).flatMap(({ i }) => drawn[i] ?? []);
  }

  async #best(ends: readonly Start[], target: HostTensor): Promise<Inversion> {
    const images = await this.#made(ends);
    const errors = errorsOf(images, target);
    const best = errors.reduce((least, error, i) => (error < (errors[least] ?? 0) ? i : least), 0);
    const { latent, label } = ends[best] ?? { latent: new Float32Array(), label: 0 };
    const width = sizeOf(exampleExtents(this.shape));
    return {
      latent,
      ...(this.#latents.classes === 0 ? {} : { label }),
      image: float32(
        [1, ...exampleExtents(this.shape)],
        Float32Array.from(images.data.subarray(best * width, (best + 1) * width)),
      ),
      error: errors[best] ?? 0,
    };
  }

  async #made(places: readonly Start[]): Promise<HostTensor> {
    const { size, classes } = this.#latents;
    const labels = Int32Array.from(places, ({ label }) => label);
    return await this.#task.sample(this.#engine, {
      source: rowsOf(
        places.map(({ latent }) => latent),
        size,
      ),
      ...(classes === 0 ? {} : { labels: oneHot(labels, classes) }),
    });
  }

  async #compile(batch: number): Promise<void> {
    if (this.#compiledFor === batch) return;
    const { size, isAveraged, prior } = this.#latents;
    const empty = (): HostTensor => float32([batch, size]);
    this.#engine.write({ [LATENT]: empty(), [MEAN]: empty(), [VARIANCE]: empty() });
    const generate = this.#network.program(batch, isAveraged ? 'averaged' : 'current');
    await this.#engine.compile(descent(generate, this.shape, prior));
    this.#compiledFor = batch;
  }
}

/** A step of Adam on the latents. */
function descent(generate: Program, shape: ImageShape, prior: Latents['prior']): Program {
  const { [SAMPLE_INPUTS.source]: _, ...others } = generate.inputs;
  return {
    name: INVERT,
    reads: [...generate.reads, LATENT, MEAN, VARIANCE],
    writes: [LATENT, MEAN, VARIANCE],
    inputs: {
      ...others,
      target: { shape: [1, ...exampleExtents(shape)], dtype: 'float32' },
      stepSize: { shape: [], dtype: 'float32' },
      epsilon: { shape: [], dtype: 'float32' },
    },
    build(state, inputs) {
      const given = (tensors: Tensors, name: string): tf.Tensor => {
        const tensor = tensors[name];
        if (tensor === undefined) throw new RangeError(`the program was not given ${name}`);
        return tensor;
      };
      const target = given(inputs, 'target');
      const latent = given(state, LATENT);
      const gradient = tf.grad((z) => {
        const { outputs } = generate.build(state, { ...inputs, [SAMPLE_INPUTS.source]: z });
        const images = given(outputs, 'examples');
        const errors = tf.mean(tf.squaredDifference(images, target), [1, 2, 3]);
        const unlikely = prior === 'normal' ? tf.mul(tf.mean(tf.square(z), 1), PRIOR_WEIGHT) : tf.scalar(0);
        return tf.sum(tf.add(errors, unlikely));
      })(latent);
      const updated = adamUpdate(
        { parameter: latent, mean: given(state, MEAN), variance: given(state, VARIANCE) },
        gradient,
        ADAM,
        { stepSize: given(inputs, 'stepSize'), epsilon: given(inputs, 'epsilon') },
      );
      const within =
        prior === 'normal' ? updated.parameter : tf.maximum(tf.minimum(updated.parameter, 1), -1);
      return { state: { [LATENT]: within, [MEAN]: updated.mean, [VARIANCE]: updated.variance }, outputs: {} };
    },
  };
}

/** Mean squared difference of each image `[count, ...example]` from the target `[1, ...example]`. */
function errorsOf({ shape, data }: HostTensor, target: HostTensor): number[] {
  const width = target.data.length;
  return Array.from({ length: shape[0] ?? 0 }, (_, image) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += ((data[image * width + i] ?? 0) - (target.data[i] ?? 0)) ** 2;
    return sum / width;
  });
}
