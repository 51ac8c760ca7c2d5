/**
 * Opens everything needed to score a generator: real examples to compare with, the feature network, matrix products. It
 * changes neither the engine's state nor the random state of training, and its own draws are the same each time.
 */

import { shapeOf } from '../data/data-shape';
import type { PointMixture } from '../data/points/distribution';
import type { Dataset } from '../data/source';
import { spreadDataset, spreadIndices } from '../data/spread';
import type { Engine } from '../engine/engine';
import { Random } from '../random/random';
import type { EvaluationEstimate, EvaluationPhase, EvaluationProgress } from '../shared/evaluation-progress';
import type { HostTensor } from '../shared/host-tensor';
import { sizeOf } from '../shared/host-tensor';
import type { SampleSource, TrainingTask } from '../training/task';
import type { Multiply } from './algebra/matrix';
import { floatMatrix, multiplyPlainly } from './algebra/matrix';
import { openNativeMultiply } from './algebra/native-multiply';
import { baselinesOf } from './baselines';
import { dataKey } from './content-key';
import { estimateSeconds } from './estimate';
import type { Evaluation, EvaluationWatch, ScorableData } from './evaluate';
import { evaluate, metricsNamed, suits } from './evaluate';
import { coordinates } from './features/coordinates';
import { isWorthClassifying } from './features/data-classifier';
import type { Extracted, ExtractionWatch, FeatureNetwork } from './features/feature-network';
import type { FeatureChoice, FeatureEngine } from './features/open-features';
import { openFeatures } from './features/open-features';
import { keptFeatures, referenceFeatures } from './features/reference-cache';
import { generateInParts, SAMPLES_AT_ONCE, samplesFrom } from './generate';
import type { Evidence, EvidenceSizes, Metric } from './metric';
import { likeliestClasses } from './metrics/class-accuracy';
import { pickExamples, readAll } from './read-examples';
import { metrics as allMetrics } from './registry';
import { openStackJudge, type StackJudge } from './stack-judge';

/** Maximum number of training targets averaged into the mean target. */
const MEAN_OF = 2000;

export interface EvaluationSettings {
  /** Maximum number of generated examples, and of real ones to compare them with. */
  readonly samples: number;
  /** Names of metrics; defaults to all that suit the data. */
  readonly metrics?: readonly string[];
  readonly features: FeatureChoice;
  readonly reference: 'held-out' | 'training';
  readonly seed: number;
}

export interface EvaluatorContext {
  readonly engine: FeatureEngine;
  readonly task: TrainingTask;
  readonly data: Dataset;
  /** The modes of toy data, where it is a known mixture. */
  readonly mixture?: PointMixture;
  /** Folder that the path of an ONNX file is relative to. */
  readonly baseFolder: string;
  readonly signal?: AbortSignal;
  /** Called after every batch; a slow receiver must throttle itself. */
  onProgress?(progress: EvaluationProgress): void;
  /**
   * Where given, the time is estimated and reported before samples are generated, at the cost of two batches per
   * network.
   */
  onEstimate?(estimate: EvaluationEstimate): void;
}

export class Evaluator {
  readonly #context: EvaluatorContext;
  readonly #settings: EvaluationSettings;
  readonly #metrics: readonly Metric[];
  readonly #multiply: Multiply;
  readonly #network: FeatureNetwork | undefined;
  readonly #stackJudge: StackJudge | undefined;
  readonly #mixture: PointMixture | undefined;
  readonly #closers: readonly (() => Promise<void>)[];
  #examples: Promise<RealExamples> | undefined;
  #reference: Promise<Reference> | undefined;

  private constructor(parts: Parts) {
    this.#context = parts.context;
    this.#settings = parts.settings;
    this.#metrics = parts.metrics;
    this.#multiply = parts.multiply;
    this.#network = parts.network;
    this.#stackJudge = parts.stackJudge;
    this.#mixture = parts.mixture;
    this.#closers = parts.closers;
  }

  /** Throws `EvaluationError`, and propagates errors of training a classifier or loading a network. */
  static async open(context: EvaluatorContext, settings: EvaluationSettings): Promise<Evaluator> {
    const { data, engine, mixture } = context;
    const closers: (() => Promise<void>)[] = [];
    try {
      const chosen = chooseMetrics(settings, prospectOf(context, settings));
      const native = await openNativeMultiply(engine.threads).catch(() => undefined);
      if (native !== undefined) closers.push(native.close);
      const usesNetwork = chosen.some(({ needs }) =>
        needs.some((kind) => kind === 'features' || kind === 'classes'),
      );
      const network = usesNetwork
        ? await openFeatures(settings.features, { ...context, example: context.task.example })
        : undefined;
      if (network !== undefined) closers.push(() => network.close());
      const stackJudge = await openJudge(context, chosen);
      if (stackJudge !== undefined) closers.push(() => stackJudge.close());
      return new Evaluator({
        context,
        settings,
        metrics: chosen,
        multiply: native?.multiply ?? multiplyPlainly,
        network,
        stackJudge,
        mixture: data.train.shape.kind === 'points' ? mixture : undefined,
        closers,
      });
    } catch (error) {
      for (const close of closers.reverse()) await close();
      throw error;
    }
  }

  /** Scores the generator as the engine holds it. Throws the signal's reason when it is aborted. */
  async evaluate(engine: Engine, step: number, watch: EvaluationWatch = {}): Promise<Evaluation> {
    const { task } = this.#context;
    const { seed, reference } = this.#settings;
    const { signal } = watch;
    const source = await this.#source();
    this.#reference ??= this.#readReference(engine, signal);
    const real = await this.#reference.catch((error: unknown) => {
      this.#reference = undefined;
      throw error;
    });
    const generated = await generateInParts(task, engine, source, {
      ...(signal === undefined ? {} : { signal }),
      onDone: (done, total) => this.#tell('samples', done, total),
    });
    const asked = source.labels === undefined ? undefined : classesOf(source.labels);
    const extracted = await this.#network?.extract(
      generated,
      this.#watch('features', generated.shape[0] ?? 0, signal),
    );
    const stackJudge = this.#stackJudge;
    const stack = await stackJudge?.judge(
      generated,
      this.#watch('features', generated.shape[0] ?? 0, signal),
    );
    const evidence: Omit<Evidence, 'random'> = {
      example: task.example,
      generated,
      reference: real.examples,
      multiply: this.#multiply,
      ...(source.targets === undefined || source.given === undefined
        ? {}
        : { pairs: { targets: source.targets, baselines: real.baselines(source.given) } }),
      ...(this.#mixture === undefined ? {} : { mixture: this.#mixture }),
      ...(stack === undefined ? {} : { stack }),
      ...this.#featureEvidence(real, extracted, asked),
    };
    const network = this.#network;
    return await evaluate(
      this.#metrics,
      evidence,
      {
        reference: `${reference} examples`,
        data: real.data,
        seed,
        ...(network === undefined ? {} : { network }),
        ...(stackJudge === undefined ? {} : { stackJudge }),
      },
      step,
      { ...watch, onMetric: (done) => this.#tell('metrics', done, this.#metrics.length) },
    );
  }

  #tell(phase: EvaluationPhase, done: number, total: number): void {
    this.#context.onProgress?.({ phase, done, total });
  }

  #watch(phase: EvaluationPhase, total: number, signal: AbortSignal | undefined): ExtractionWatch {
    return {
      ...(signal === undefined ? {} : { signal }),
      onDone: (done) => this.#tell(phase, done, total),
    };
  }

  async close(): Promise<void> {
    for (const close of this.#closers.toReversed()) await close();
  }

  /**
   * Estimates the duration of the first scoring from one batch of each network, after reading the real examples. Throws
   * the signal's reason when it is aborted.
   */
  async estimate(engine: Engine, signal?: AbortSignal): Promise<EvaluationEstimate> {
    const { task } = this.#context;
    const source = await this.#source();
    const { examples, kept } = await this.#readExamples();
    signal?.throwIfAborted();
    const network = this.#network;
    const generated = source.source.shape[0] ?? 0;
    const [reference = 0, ...extents] = examples.shape;
    let features = kept?.features.columns ?? 0;
    const runNetwork = async (): Promise<void> => {
      if (network === undefined) return;
      const batch = pickExamples(examples, spreadIndices(reference, network.batch));
      features = (await network.extract(batch)).features.columns;
    };
    if (kept === undefined && network !== undefined) await runNetwork();
    const sizes: EvidenceSizes = { generated, reference, features, values: sizeOf(extents) };
    return await estimateSeconds({
      sampling: {
        batch: SAMPLES_AT_ONCE,
        count: generated,
        runBatch: () => task.sample(engine, samplesFrom(source, 0)),
      },
      ...(network === undefined
        ? {}
        : { extraction: { batch: network.batch, count: generated, runBatch: runNetwork } }),
      referenceCount: kept === undefined ? reference : 0,
      metrics: this.#metrics,
      sizes,
      multiply: this.#multiply,
    });
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
              ...(asked !== undefined || real.extracted.probabilities === undefined
                ? {}
                : {
                    real: {
                      probabilities: real.extracted.probabilities,
                      ...(train.classNames === undefined ? {} : { names: train.classNames }),
                    },
                  }),
            },
          }),
    };
  }

  /** The generator's inputs, the same each time. */
  async #source(): Promise<SampleSource> {
    const { task, data } = this.#context;
    const { samples, seed } = this.#settings;
    const part = async (): Promise<Dataset> => spreadDataset(data, samples);
    return await task.sampleSource(Random.seeded(seed, 'evaluation'), samples, part);
  }

  async #readExamples(): Promise<RealExamples> {
    const read = async (): Promise<RealExamples> => {
      const { data } = this.#context;
      const { samples, reference } = this.#settings;
      const part = reference === 'training' ? data.train : data.heldOut;
      const count = Math.min(samples, part.count);
      this.#tell('reference', 0, count);
      const { examples, labels } = await readAll(part, samples);
      this.#tell('reference', count, count);
      const network = this.#network;
      // Coordinates are already available; looking them up in the cache would take longer.
      const kept =
        network === coordinates
          ? await coordinates.extract(examples)
          : network && (await keptFeatures(network, examples));
      return {
        examples,
        data: await dataKey(data, part),
        ...(labels === undefined ? {} : { labels }),
        ...(kept === undefined ? {} : { kept }),
      };
    };
    this.#examples ??= read();
    return await this.#examples.catch((error: unknown) => {
      this.#examples = undefined;
      throw error;
    });
  }

  async #readReference(engine: Engine, signal: AbortSignal | undefined): Promise<Reference> {
    const { data, onEstimate } = this.#context;
    const { kept, ...real } = await this.#readExamples();
    if (onEstimate !== undefined) onEstimate(await this.estimate(engine, signal));
    const network = this.#network;
    const watch = this.#watch('referenceFeatures', real.examples.shape[0] ?? 0, signal);
    const extracted = kept ?? (network && (await referenceFeatures(network, real.examples, watch)));
    const shape = data.train.shape;
    const targets = data.train.input === undefined ? undefined : await readAll(data.train, MEAN_OF);
    return {
      ...real,
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
  readonly stackJudge: StackJudge | undefined;
  readonly mixture: PointMixture | undefined;
  readonly closers: readonly (() => Promise<void>)[];
}

interface RealExamples {
  readonly examples: HostTensor;
  /** `dataKey` of the part that the examples belong to. */
  readonly data: string;
  readonly labels?: Int32Array;
  /** Cached features, which need not be computed. */
  readonly kept?: Extracted;
}

interface Reference extends Omit<RealExamples, 'kept'> {
  readonly extracted?: Extracted;
  baselines(given: HostTensor): Readonly<Record<string, HostTensor>>;
}

function prospectOf(
  { task, data, mixture }: EvaluatorContext,
  { features }: EvaluationSettings,
): ScorableData {
  return {
    example: task.example,
    isPaired: shapeOf(data).input?.paired === true,
    isMixture: mixture !== undefined,
    isStacked: data.stackedFrom !== undefined,
    classifies: features === 'classifier' || (features === 'auto' && isWorthClassifying(data)),
  };
}

/** Opens the judge of stacked images if one of the metrics needs it. */
async function openJudge(
  { data: { stackedFrom }, engine, signal, onProgress }: EvaluatorContext,
  metrics: readonly Metric[],
): Promise<StackJudge | undefined> {
  if (stackedFrom === undefined || !metrics.some(({ needs }) => needs.includes('stack'))) return undefined;
  return await openStackJudge(stackedFrom, {
    openEngine: () => engine.open(),
    ...(signal === undefined ? {} : { signal }),
    onTraining: (done, total) => onProgress?.({ phase: 'classifier', done, total }),
  });
}

function chooseMetrics({ metrics }: EvaluationSettings, prospect: ScorableData): readonly Metric[] {
  if (metrics !== undefined) return metricsNamed(allMetrics, metrics);
  return allMetrics.filter((metric) => suits(metric, prospect));
}

function classesOf({ shape, data }: HostTensor): Int32Array {
  const [rows = 0, columns = 0] = shape;
  return likeliestClasses(floatMatrix(rows, columns, data));
}
