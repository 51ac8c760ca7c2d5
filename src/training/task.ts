/**
 * The training loop's interface to the model being trained: its initial state, its steps and its samples. The loop does
 * not depend on networks and losses, and a task does not depend on files; each family of GANs is one task.
 */
import type { Batch } from '../data/batches';
import type { Dataset } from '../data/source';
import type { Engine, Program } from '../engine/engine';
import type { Random } from '../random/random';
import type { ExampleShape } from '../shared/example-shape';
import type { HostTensor, HostTensors } from '../shared/host-tensor';
import type { LatentSpace } from '../shared/latent-space';
import type { NetworkRole, StepValues } from '../shared/run-format';

/** Updates of each network. */
export type UpdateCounts = Readonly<Record<NetworkRole, number>>;

export interface StepInputs {
  /** 1-based. */
  readonly step: number;
  /** Updates before this step; by default those of earlier steps. They differ where a run was changed on its way. */
  readonly updates?: UpdateCounts;
  /** `batchesPerStep` batches, in the order in which the step uses them. */
  readonly batches: readonly Batch[];
  /** Stream `latents`, the source of all random numbers of the step. */
  readonly random: Random;
}

export interface StepResult extends StepValues {
  readonly extra: Readonly<Record<string, number>>;
  /** The first loss or gradient (by leaf name) that is NaN or infinite, if any. */
  readonly nonFinite?: string;
}

/** Of an update of one network alone. */
export type PlayerStepInputs = Required<StepInputs>;

/** Inputs of a run's samples, the same at each step so that steps can be compared. */
export interface SampleSource {
  /** Input of the generator: latents `[count, latentSize]`, or images `[count, ...input]`. */
  readonly source: HostTensor;
  /** One-hot classes `[count, classes]` to generate. */
  readonly labels?: HostTensor;
  /** ψ by which the styles move towards the average ones, 1 by default; for generators with styles. */
  readonly truncation?: number;
  /** Samples per row of a grid, where rows have a meaning. */
  readonly columns?: number;
  /** Images shown next to the samples: their inputs and their targets. */
  readonly given?: HostTensor;
  readonly targets?: HostTensor;
}

/** Where to look at the plane of the points that a task generates. */
export interface PlaneQuestion {
  readonly samples: SampleSource;
  /** `[count, 2]`, as many as there are samples, for objectives that compare the two. */
  readonly real: HostTensor;
  /** `[places, 2]` */
  readonly places: HostTensor;
  /** Further latents `[lattice, latentSize]`, of a generator without classes. */
  readonly lattice?: HostTensor | undefined;
}

export interface PlaneAnswer {
  /** `[count, 2]`: the samples, as `sample` generates them. */
  readonly fake: HostTensor;
  /** `[count, 2]`: direction in which the generator's adversarial loss falls if the sample moves, and how steeply. */
  readonly descent: HostTensor;
  /** `[places]`: sigmoid of the discriminator's logit. */
  readonly scores: HostTensor;
  /** `[lattice, 2]`: what the generator makes of the lattice. */
  readonly manifold?: HostTensor;
}

/** The latent space of a generator, and its classes. */
export interface Latents extends LatentSpace {
  /** 0 for none. */
  readonly classes: number;
  /** Whether samples use the running average of the generator's weights. */
  readonly isAveraged: boolean;
  /** Whether the generator makes styles of the latents, so that samples can be truncated. */
  readonly hasStyles: boolean;
  /**
   * Leaf `[size or more, units]` that the latent is multiplied by, where the generator starts with a matrix product.
   */
  readonly kernel?: string;
}

/** What goes into or comes out of a network: examples, latents, or one-hot classes. */
export type NetworkValue =
  | { readonly kind: 'examples'; readonly shape: ExampleShape }
  | { readonly kind: 'latents'; readonly space: LatentSpace }
  | { readonly kind: 'classes'; readonly count: number };

/** One of a task's networks, for use outside of the workbench. */
export interface InferenceNetwork {
  readonly name: 'generator' | 'discriminator' | 'generatorBack' | 'discriminatorBack';
  /** Whether a running average of its weights exists. */
  readonly isAveraged: boolean;
  readonly inputs: Readonly<Record<string, NetworkValue>>;
  /** Undefined for the logits of a discriminator. */
  readonly makes: ExampleShape | undefined;
  /** A program from these inputs, each with a batch axis, to one output. */
  program(batch: number, weights: 'averaged' | 'current'): Program;
}

export interface TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly batchesPerStep: number;
  /** Discriminator updates per step. */
  readonly criticSteps: number;
  /** Latents from which samples start; undefined if they start from input images. */
  readonly latents?: Latents | undefined;
  readonly networks: readonly InferenceNetwork[];
  /** Returns all leaves at step 0; deterministic in the seed on every machine. */
  initialState(seed: number): HostTensors;
  /** Compiles the programs for training and sampling. The engine's leaves must have been written. */
  prepare(engine: Engine): Promise<void>;
  /**
   * Compiles only the programs for sampling, for a run that is inspected and not trained.
   *
   * @param batches available batch sizes; the smallest one that holds the requested examples is used, which makes few
   * examples fast
   */
  prepareSampling(engine: Engine, batches?: readonly number[]): Promise<void>;
  /** Runs one step: `criticSteps` discriminator updates and one generator update. */
  trainStep(engine: Engine, inputs: StepInputs): Promise<StepResult>;
  /**
   * Updates one network alone, once, on `batchesPerStep / criticSteps` batches; only for tasks with one network of each
   * role. Compiles on first use. Returns the first value that is NaN or infinite, if any.
   */
  trainPlayer?(engine: Engine, player: NetworkRole, inputs: PlayerStepInputs): Promise<string | undefined>;
  /** Returns up to `count` inputs of samples; random ones are drawn from `random`, others come from held-out data. */
  sampleSource(random: Random, count: number, openData: () => Promise<Dataset>): Promise<SampleSource>;
  /** Translates outputs back, `[count, ...input]`; only for tasks that learn both directions. */
  reconstruct?(engine: Engine, made: HostTensor): Promise<HostTensor>;
  /** Generates examples `[count, ...example]` with the EMA generator and running batch-norm statistics. */
  sample(engine: Engine, source: SampleSource): Promise<HostTensor>;
  /** What both networks make of the plane; only for points that are generated from latents. Compiles on first use. */
  plane?(engine: Engine, asked: PlaneQuestion): Promise<PlaneAnswer>;
}
