/** The state of training other than the engine's leaves, stored in a checkpoint with the tensors. */
import { TrainingBatches, type TrainingParts } from '../data/training-batches';
import { Random } from '../random/random';
import type { Checkpoint } from '../run-folder/checkpoints';
import { CheckpointError } from '../run-folder/errors';
import type { HostTensors } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import { type CheckpointState, RUN_SCHEMA_VERSION } from '../shared/run-format';
import type { TrainingTask, UpdateCounts } from './task';

/** The random stream of the steps; checkpoints store its state under this name. */
const LATENTS = 'latents';

/** Throws `CheckpointError` if a checkpoint's leaves differ from those of the task. */
export function checkLeaves(found: HostTensors, expected: HostTensors): void {
  const differing = Object.keys({ ...found, ...expected }).filter(
    (name) =>
      found[name]?.shape.join() !== expected[name]?.shape.join() ||
      found[name]?.dtype !== expected[name]?.dtype,
  );
  const [first] = differing;
  if (first === undefined) return;
  const describe = (tensors: HostTensors): string => {
    const tensor = tensors[first];
    return tensor === undefined ? 'absent' : `${tensor.dtype} [${tensor.shape.join(', ')}]`;
  };
  throw new CheckpointError(
    localizable(
      'The checkpoint does not fit the networks of the experiment: {0} tensors differ, the first is {1} (checkpoint: {2}, experiment: {3}).',
      differing.length,
      first,
      describe(found),
      describe(expected),
    ),
    localizable('Continue with the original configuration of the run, or start a new run.'),
  );
}

/** State at step 0, before any random number has been drawn. */
export function firstCheckpointState(seed: number): CheckpointState {
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    step: 0,
    images: 0,
    random: { [LATENTS]: Random.seeded(seed, LATENTS).state() },
    data: { epoch: 0, offset: 0 },
  };
}

export class TrainingState {
  readonly random: Random;
  readonly batches: TrainingBatches;
  #step: number;
  #images: number;
  #interventions: number;
  #updates: UpdateCounts;
  /** Whether the counts are more than what the steps say, so that checkpoints must hold them. */
  #isCounted: boolean;
  #lastGood: CheckpointState;

  /** Starts from the checkpoint, or at step 0. Throws `CheckpointError`. */
  constructor(task: TrainingTask, bodies: TrainingParts, seed: number, checkpoint: Checkpoint | undefined) {
    const state = checkpoint?.state;
    const words = state?.random[LATENTS];
    if (state !== undefined && words === undefined) {
      throw new CheckpointError(
        localizable(
          'The checkpoint of step {0} has no state for the random stream "{1}".',
          state.step,
          LATENTS,
        ),
        localizable('Use another checkpoint.'),
      );
    }
    this.random = words === undefined ? Random.seeded(seed, LATENTS) : Random.restore(words);
    this.batches = new TrainingBatches(bodies, {
      batchSize: task.batchSize,
      seed,
      ...(state === undefined ? {} : { position: state }),
    });
    this.#step = state?.step ?? 0;
    this.#images = state?.images ?? 0;
    const { interventions } = state ?? {};
    this.#interventions = interventions?.applied ?? 0;
    this.#isCounted = interventions !== undefined;
    this.#updates = interventions?.updates ?? {
      discriminator: this.#step * task.criticSteps,
      generator: this.#step,
    };
    this.#lastGood = this.#present();
  }

  /** Steps completed. */
  get step(): number {
    return this.#step;
  }

  /** Real examples consumed. */
  get images(): number {
    return this.#images;
  }

  /** State for a checkpoint of the last completed step, even while the next step is running. */
  get lastGood(): CheckpointState {
    return this.#lastGood;
  }

  /** Updates of each network so far, since its optimiser began. */
  get updates(): UpdateCounts {
    return this.#updates;
  }

  /** Number of interventions so far. */
  get interventions(): number {
    return this.#interventions;
  }

  /** Must be called after each step, with the number of real examples that it used. */
  finishStep(images: number, criticSteps: number): void {
    this.#step++;
    this.#images += images;
    const { discriminator, generator } = this.#updates;
    this.#updates = { discriminator: discriminator + criticSteps, generator: generator + 1 };
    this.#lastGood = this.#present();
  }

  /** Must be called after each intervention. @param images real examples that it used */
  finishIntervention(updates: UpdateCounts, images: number): void {
    this.#interventions++;
    this.#isCounted = true;
    this.#updates = updates;
    this.#images += images;
    this.#lastGood = this.#present();
  }

  #present(): CheckpointState {
    return {
      schemaVersion: RUN_SCHEMA_VERSION,
      step: this.#step,
      images: this.#images,
      random: { [LATENTS]: this.random.state() },
      ...this.batches.consumed,
      ...(this.#isCounted ? { interventions: { applied: this.#interventions, updates: this.#updates } } : {}),
    };
  }
}
