/**
 * What the training loop knows of the thing being trained: how it begins, what a step is, how to sample. The loop
 * knows nothing of networks and losses, and a task nothing of files; each family of GANs is one task.
 */
import type { Batch } from '../data/batches';
import type { Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import type { Random } from '../random/random';
import type { ExampleShape } from '../shared/example-shape';
import type { HostTensor, HostTensors } from '../shared/host-tensor';
import type { LatentSpace } from '../shared/latent-space';

export interface StepInputs {
  /** 1 for the first step. */
  readonly step: number;
  /** `batchesPerStep` batches, in the order in which the step uses them. */
  readonly batches: readonly Batch[];
  /** Stream `latents`; whatever the step draws comes from here. */
  readonly random: Random;
}

export interface StepResult {
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  readonly realScore: number;
  readonly fakeScore: number;
  readonly discriminatorGradientNorm: number;
  readonly generatorGradientNorm: number;
  readonly extra: Readonly<Record<string, number>>;
  /** The first loss or gradient (by leaf name) that is NaN or infinite, if any is. */
  readonly nonFinite?: string;
}

/** What the samples of a run are made from, the same at each step so that steps can be compared. */
export interface SampleSource {
  /** What the generator is given: latents `[count, latentSize]`, or images `[count, ...input]`. */
  readonly source: HostTensor;
  /** One-hot classes `[count, classes]` of what is to be generated. */
  readonly labels?: HostTensor;
  /** Samples in a row of a grid, where rows mean something. */
  readonly columns?: number;
  /** Images that are shown beside what was made of them: the ones given, and those that should come out. */
  readonly given?: HostTensor;
  readonly targets?: HostTensor;
}

/** The latents of a generator, and the classes that can be asked of it. */
export interface Latents extends LatentSpace {
  /** 0 for none. */
  readonly classes: number;
  /** Whether samples are of the running average of the generator's weights. */
  readonly isAveraged: boolean;
  /** Leaf `[size or more, units]` that the latent is multiplied by, where the generator begins with a product. */
  readonly kernel?: string;
}

export interface TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly batchesPerStep: number;
  /** Where samples begin; undefined where they are made of images that are given. */
  readonly latents?: Latents | undefined;
  /** Every leaf at step 0, the same for the same seed on every machine. */
  initialState(seed: number): HostTensors;
  /** Compiles what steps and sampling need. The engine's leaves must have been written. */
  prepare(engine: Engine): Promise<void>;
  /**
   * Compiles what sampling needs alone, for a run that is looked at and not trained.
   *
   * @param batches so many examples are made at a time, by the smallest that holds what is asked for: few are quick
   */
  prepareSampling(engine: Engine, batches?: readonly number[]): Promise<void>;
  /** One step: `criticSteps` discriminator updates and a generator update. */
  trainStep(engine: Engine, inputs: StepInputs): Promise<StepResult>;
  /** At most `count` of what samples are made from; what is drawn comes from `random`, the rest from held-out data. */
  sampleSource(random: Random, count: number, openData: () => Promise<Dataset>): Promise<SampleSource>;
  /** What was made of images given, translated back, `[count, ...input]`; of tasks that learn both directions. */
  reconstruct?(engine: Engine, made: HostTensor): Promise<HostTensor>;
  /** Generated examples `[count, ...example]` by the EMA generator with running batch-norm statistics. */
  sample(engine: Engine, source: SampleSource): Promise<HostTensor>;
  /** sigmoid of the discriminator's logit for each example, `[count]`. Used for points. */
  discriminate(engine: Engine, examples: HostTensor): Promise<HostTensor>;
}
