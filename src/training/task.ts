/**
 * What the training loop knows of the thing being trained: how it begins, what a step is, how to sample. The loop
 * knows nothing of networks and losses, and a task nothing of files; each family of GANs is one task.
 */
import type { ExampleShape } from '../data/source';
import type { Engine } from '../engine/engine';
import type { Random } from '../random/random';
import type { HostTensor, HostTensors } from '../shared/host-tensor';

export interface StepInputs {
  /** 1 for the first step. */
  readonly step: number;
  /** `batchesPerStep` real batches `[batch, ...example]`, in the order in which the step uses them. */
  readonly batches: readonly HostTensor[];
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

export interface TrainingTask {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly batchesPerStep: number;
  /** Every leaf at step 0, the same for the same seed on every machine. */
  initialState(seed: number): HostTensors;
  /** Compiles what steps and sampling need. The engine's leaves must have been written. */
  prepare(engine: Engine): Promise<void>;
  /** One step: `criticSteps` discriminator updates and a generator update. */
  trainStep(engine: Engine, inputs: StepInputs): Promise<StepResult>;
  /** Latents of the config's prior, `[count, latentSize]`. */
  drawLatents(random: Random, count: number): HostTensor;
  /** Generated examples `[count, ...example]` by the EMA generator with running batch-norm statistics. */
  sample(engine: Engine, latents: HostTensor): Promise<HostTensor>;
  /** sigmoid of the discriminator's logit for each example, `[count]`. */
  discriminate(engine: Engine, examples: HostTensor): Promise<HostTensor>;
}
