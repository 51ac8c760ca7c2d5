/**
 * Opens what scoring a generator needs: real examples to compare with, the feature network, products of matrices. It
 * changes neither the engine's state nor the random state of training, and its own draws are the same each time.
 */
import { resolve } from 'node:path';
import { bindPart } from '../config/bind';
import type { ExperimentConfig } from '../config/schema';
import { pointDistribution, pointDistributions } from '../data/points/distributions';
import { dataSources } from '../data/registry';
import type { Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import type { Multiply } from '../evaluation/algebra/matrix';
import { floatMatrix, multiplyPlainly } from '../evaluation/algebra/matrix';
import { openNativeMultiply } from '../evaluation/algebra/native-multiply';
import { baselinesOf } from '../evaluation/baselines';
import type { Evaluation, EvaluationWatch, Prospect } from '../evaluation/evaluate';
import { evaluate, metricsNamed, suits } from '../evaluation/evaluate';
import { coordinates } from '../evaluation/features/coordinates';
import { canClassify, openDataClassifier } from '../evaluation/features/data-classifier';
import type { Extracted, FeatureNetwork } from '../evaluation/features/feature-network';
import { openOnnxFile } from '../evaluation/features/onnx-file';
import { openRandomConvolutions } from '../evaluation/features/random-convolutions';
import type { Evidence, Metric, PointMixture } from '../evaluation/metric';
import { EvaluationError } from '../evaluation/metric';
import { likeliestClasses } from '../evaluation/metrics/class-accuracy';
import { readAll } from '../evaluation/read-examples';
import { metrics as allMetrics } from '../evaluation/registry';
import { Random } from '../random/random';
import type { HostTensor } from '../shared/host-tensor';
import type { TrainingTask } from '../training/task';
import { shapeOf } from './dataset';
import { openEngine } from './engines';

/** Training targets that the mean target is the mean of, at most. */
const MEAN_OF = 2000;

export const FEATURE_CHOICES = ['auto', 'classifier', 'random'] as const;
/** `auto`, or the name of a network of the product, or the path of an ONNX file. */
export type FeatureChoice = string;

export interface EvaluationSettings {
  /** Generated examples, and real ones to compare them with, at most. */
  readonly samples: number;
  /** Names of metrics; all that suit the data where not given. */
  readonly metrics?: readonly string[];
  readonly features: FeatureChoice;
  readonly reference: 'held-out' | 'training';
  readonly seed: number;
}

export interface EvaluatorContext {
  readonly config: ExperimentConfig;
  readonly task: TrainingTask;
  readonly data: Dataset;
  readonly signal?: AbortSignal;
  /** What is under way, for people. */
  onProgress?(message: string): void;
}

export class Evaluator {
  readonly #context: EvaluatorContext;
  readonly #settings: EvaluationSettings;
  readonly #metrics: readonly Metric[];
  readonly #multiply: Multiply;
  readonly #network: FeatureNetwork | undefined;
  readonly #mixture: PointMixture | undefined;
  readonly #closers: readonly (() => Promise<void>)[];
  #reference: Promise<Reference> | undefined;

  private constructor(parts: Parts) {
    this.#context = parts.context;
    this.#settings = parts.settings;
    this.#metrics = parts.metrics;
    this.#multiply = parts.multiply;
    this.#network = parts.network;
    this.#mixture = parts.mixture;
    this.#closers = parts.closers;
  }

  /** Throws `EvaluationError`, and what training a classifier or loading a network throws. */
  static async open(context: EvaluatorContext, settings: EvaluationSettings): Promise<Evaluator> {
    const { config, data } = context;
    const closers: (() => Promise<void>)[] = [];
    try {
      const mixture = mixtureOf(config);
      const chosen = chooseMetrics(settings, prospectOf(context, mixture));
      const native = await openNativeMultiply(threadsOf(config)).catch(() => undefined);
      if (native !== undefined) closers.push(native.close);
      const usesNetwork = chosen.some(({ needs }) =>
        needs.some((kind) => kind === 'features' || kind === 'classes'),
      );
      const network = usesNetwork ? await openFeatures(settings.features, context) : undefined;
      if (network !== undefined) closers.push(() => network.close());
      return new Evaluator({
        context,
        settings,
        metrics: chosen,
        multiply: native?.multiply ?? multiplyPlainly,
        network,
        mixture: data.train.shape.kind === 'points' ? mixture : undefined,
        closers,
      });
    } catch (error) {
      for (const close of closers.reverse()) await close();
      throw error;
    }
  }

  /** Of the generator as the engine holds it. Throws the signal's reason when it is aborted. */
  async evaluate(engine: Engine, step: number, watch: EvaluationWatch = {}): Promise<Evaluation> {
    const { task, data, onProgress } = this.#context;
    const { samples, seed, reference } = this.#settings;
    const { signal } = watch;
    this.#reference ??= this.#readReference(signal);
    const real = await this.#reference.catch((error: unknown) => {
      this.#reference = undefined;
      throw error;
    });
    onProgress?.(`generating ${samples} samples`);
    const source = await task.sampleSource(Random.seeded(seed, 'evaluation'), samples, async () => data);
    signal?.throwIfAborted();
    const generated = await task.sample(engine, source);
    signal?.throwIfAborted();
    const asked = source.labels === undefined ? undefined : classesOf(source.labels);
    onProgress?.('extracting features of the samples');
    const extracted = await this.#network?.extract(generated, signal);
    const evidence: Omit<Evidence, 'random'> = {
      example: task.example,
      generated,
      reference: real.examples,
      multiply: this.#multiply,
      ...(source.targets === undefined || source.given === undefined
        ? {}
        : { pairs: { targets: source.targets, baselines: real.baselines(source.given) } }),
      ...(this.#mixture === undefined ? {} : { mixture: this.#mixture }),
      ...this.#featureEvidence(real, extracted, asked),
    };
    const network = this.#network;
    return await evaluate(
      this.#metrics,
      evidence,
      {
        reference: `${reference} examples`,
        seed,
        ...(network === undefined ? {} : { network }),
      },
      step,
      { ...watch, onMetric: (title) => onProgress?.(title) },
    );
  }

  async close(): Promise<void> {
    for (const close of this.#closers.toReversed()) await close();
  }

  #featureEvidence(
    real: Reference,
    generated: Extracted | undefined,
    asked: Int32Array | undefined,
  ): Pick<Evidence, 'features' | 'classes'> {
    const accuracy = this.#network?.accuracy;
    if (real.extracted === undefined || generated === undefined) return {};
    const { train } = this.#context.data;
    const byClass =
      real.labels === undefined || asked === undefined
        ? {}
        : {
            classes: {
              count: train.classes,
              ...(train.classNames === undefined ? {} : { names: train.classNames }),
              reference: real.labels,
              generated: asked,
            },
          };
    return {
      features: {
        reference: real.extracted.features,
        generated: generated.features,
        ...byClass,
      },
      ...(generated.probabilities === undefined || accuracy === undefined
        ? {}
        : {
            classes: {
              probabilities: generated.probabilities,
              accuracy,
              ...(asked === undefined ? {} : { asked }),
            },
          }),
    };
  }

  async #readReference(signal: AbortSignal | undefined): Promise<Reference> {
    const { data, onProgress } = this.#context;
    const { samples, reference } = this.#settings;
    onProgress?.('reading real examples');
    const { examples, labels } = await readAll(reference === 'training' ? data.train : data.heldOut, samples);
    const extracted = await this.#network?.extract(examples, signal);
    const shape = data.train.shape;
    const targets = data.train.input === undefined ? undefined : await readAll(data.train, MEAN_OF);
    return {
      examples,
      ...(labels === undefined ? {} : { labels }),
      ...(extracted === undefined ? {} : { extracted }),
      baselines: (given) =>
        shape.kind === 'image' && targets !== undefined ? baselinesOf(given, targets.examples, shape) : {},
    };
  }
}

interface Parts {
  readonly context: EvaluatorContext;
  readonly settings: EvaluationSettings;
  readonly metrics: readonly Metric[];
  readonly multiply: Multiply;
  readonly network: FeatureNetwork | undefined;
  readonly mixture: PointMixture | undefined;
  readonly closers: readonly (() => Promise<void>)[];
}

interface Reference {
  readonly examples: HostTensor;
  readonly labels?: Int32Array;
  readonly extracted?: Extracted;
  baselines(given: HostTensor): Readonly<Record<string, HostTensor>>;
}

function threadsOf({ engine }: ExperimentConfig): number {
  return engine.threads === 'auto' ? 0 : engine.threads;
}

/** The modes of toy data, where its source says that it is such a mixture. */
function mixtureOf({ data }: ExperimentConfig): PointMixture | undefined {
  const { part, options } = bindPart(dataSources, data, 'source');
  const { distribution } = options;
  if (part.name !== 'points2d') return undefined;
  const known = pointDistributions.find(({ name }) => name === distribution);
  if (known === undefined || known.modes.length === 0) return undefined;
  const { modes, standardDeviation } = pointDistribution(known.name);
  return { modes, standardDeviation };
}

function prospectOf({ task, data }: EvaluatorContext, mixture: PointMixture | undefined): Prospect {
  return {
    example: task.example,
    isPaired: shapeOf(data).input?.paired === true,
    isMixture: mixture !== undefined,
    classifies: canClassify(task.example, data.train.classes),
  };
}

function chooseMetrics({ metrics }: EvaluationSettings, prospect: Prospect): readonly Metric[] {
  if (metrics !== undefined) return metricsNamed(allMetrics, metrics);
  return allMetrics.filter((metric) => suits(metric, prospect));
}

async function openFeatures(choice: FeatureChoice, context: EvaluatorContext): Promise<FeatureNetwork> {
  const { config, data, task, signal, onProgress } = context;
  const { example } = task;
  if (example.kind === 'points') return coordinates;
  const open = (): Promise<Engine> => openEngine(config.engine.name, config.engine.threads);
  const isClassifier =
    choice === 'classifier' || (choice === 'auto' && canClassify(example, data.train.classes));
  if (isClassifier)
    return await openDataClassifier(data, {
      openEngine: open,
      ...(signal === undefined ? {} : { signal }),
      onTraining: (step, steps) => {
        if (step === 1 || step % 50 === 0)
          onProgress?.(`training a classifier of the data, once: ${step} of ${steps} steps`);
      },
    });
  if (choice === 'auto' || choice === 'random') return await openRandomConvolutions(await open(), example);
  if (choice.endsWith('.onnx')) return await openOnnxFile(resolve(choice), threadsOf(config), onProgress);
  throw new EvaluationError(
    `"${choice}" is no feature network.`,
    `Choose one of ${FEATURE_CHOICES.join(', ')}, or the path of an ONNX file.`,
  );
}

function classesOf({ shape, data }: HostTensor): Int32Array {
  const [rows = 0, columns = 0] = shape;
  return likeliestClasses(floatMatrix(rows, columns, data));
}
