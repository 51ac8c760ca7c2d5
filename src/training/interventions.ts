/**
 * What a user does to a run while it trains: changes of its configuration, and updates of one network alone. Each is
 * carried out between two steps and then written to the run, in this order: a process that is killed in between leaves
 * a run to which it was not done. What was written after the checkpoint of a resumed run is carried out again.
 */
import type { Engine } from '../engine/engine';
import { Random } from '../random/random';
import { interventionLines } from '../run-folder/interventions';
import type { RunWriter } from '../run-folder/run-writer';
import { causeOf, WorkbenchError } from '../shared/errors';
import type { HostTensors } from '../shared/host-tensor';
import type { ConfigChanges } from '../shared/live-request';
import { localizable } from '../shared/localizable-text';
import {
  type ConfigDifference,
  type Intervention,
  type NetworkRole,
  RUN_FILES,
  RUN_SCHEMA_VERSION,
} from '../shared/run-format';
import { LiveRequestError } from './live-requests';
import { NonFiniteError } from './non-finite';
import type { TrainingTask } from './task';
import type { TrainingState } from './training-state';
import type { TrainingWatch } from './training-watch';

/** A change that has been checked, and not been made yet. */
export interface PlannedChange {
  readonly differences: readonly ConfigDifference[];
  /** Whether programs and state must be made anew; otherwise only inputs of the programs change. */
  readonly rebuilds: boolean;
  /** Makes the task that of the changed config. */
  apply(): void;
  /** Returns to the config before; only right after `apply`. */
  revert(): void;
  /** The state for the task as it is now, of what fits of an earlier one; new weights are drawn from the seed. */
  carryOver(
    before: HostTensors,
    seed: number,
  ): {
    readonly leaves: HostTensors;
    /** The networks whose optimiser starts over. */
    readonly restarted: readonly NetworkRole[];
  };
  /** The diagnostics of the changed config. */
  openWatch(): Promise<TrainingWatch>;
}

/** How the config of a run can change while it trains. */
export interface ConfigChanger {
  /** Throws a `WorkbenchError` if it cannot be changed to this. */
  plan(changes: ConfigChanges): PlannedChange;
  /** A change that was made before. */
  planAgain(differences: readonly ConfigDifference[]): PlannedChange;
}

export interface Intervened {
  readonly run: RunWriter;
  readonly task: TrainingTask;
  readonly engine: Engine;
  /** Undefined if the run cannot be changed. */
  readonly changer?: ConfigChanger;
  /** The script of a resumed run, and how many lines of it are in its records. */
  readonly earlier: { readonly all: readonly Intervention[]; readonly recorded: number };
  /** Called after each, before anything else happens; `isRecorded` if the records have it already. */
  onDone(intervention: Intervention, isRecorded: boolean): Promise<void>;
  onWatch(watch: TrainingWatch): void;
}

/** Whatever is wrong with a change, nothing of it has been made. */
function refusalOf(error: unknown): LiveRequestError {
  if (error instanceof LiveRequestError) return error;
  if (error instanceof WorkbenchError)
    return new LiveRequestError(error.said?.message ?? error.message, error.said?.remedy ?? error.remedy, {
      cause: error,
    });
  return new LiveRequestError(
    localizable('The run cannot be trained with this change: {0}', causeOf(error)),
    localizable('It goes on as before. Choose other values.'),
    { cause: error },
  );
}

type Deed = { readonly type: 'change'; readonly changes: readonly ConfigDifference[] } | PlayerStep;
interface PlayerStep {
  readonly type: 'playerStep';
  readonly player: NetworkRole;
}

export class Interventions {
  readonly #of: Intervened;
  #script: readonly Intervention[];

  constructor(intervened: Intervened) {
    this.#of = intervened;
    this.#script = intervened.earlier.all;
  }

  /** Carries out again what was done at this step after the checkpoint. */
  async repeat(state: TrainingState): Promise<void> {
    for (;;) {
      const next = this.#script[state.interventions];
      if (next === undefined || next.step > state.step) return;
      if (next.type === 'playerStep') await this.#updatePlayer(state, next.player);
      else await this.#change(state, this.#changer().planAgain(next.changes));
      await this.#of.onDone(next, state.interventions <= this.#of.earlier.recorded);
    }
  }

  /** Throws `LiveRequestError` if the run has no such networks, `NonFiniteError`, `StorageError`. */
  async stepPlayer(state: TrainingState, player: NetworkRole): Promise<void> {
    this.#requireEndOfScript(state);
    const done = this.#intervention(state, { type: 'playerStep', player });
    await this.#updatePlayer(state, player, () => this.#write(done));
    await this.#of.onDone(done, false);
  }

  /** Throws `LiveRequestError` if the config cannot be changed to this. */
  async change(state: TrainingState, changes: ConfigChanges): Promise<void> {
    this.#requireEndOfScript(state);
    const planned = this.#plan(changes);
    const done = this.#intervention(state, { type: 'change', changes: planned.differences });
    await this.#change(state, planned, () => this.#write(done));
    await this.#of.onDone(done, false);
  }

  #plan(changes: ConfigChanges): PlannedChange {
    const changer = this.#changer();
    try {
      return changer.plan(changes);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  #changer(): ConfigChanger {
    const { changer } = this.#of;
    if (changer !== undefined) return changer;
    throw new LiveRequestError(
      localizable('This run cannot be changed while it trains.'),
      localizable('Stop it, and continue it from a checkpoint with changes.'),
    );
  }

  /** What is still to be repeated must not be overtaken. */
  #requireEndOfScript(state: TrainingState): void {
    const last = this.#script.at(-1);
    if (last === undefined || state.interventions === this.#script.length) return;
    throw new LiveRequestError(
      localizable(
        'The run is repeating what was changed before it was interrupted, until step {0}.',
        last.step,
      ),
      localizable('Change it after that step.'),
    );
  }

  /** @param keep writes it to the run; if that fails, the mark still has the state before */
  async #updatePlayer(state: TrainingState, player: NetworkRole, keep?: () => Promise<void>): Promise<void> {
    const { task, engine } = this.#of;
    if (task.trainPlayer === undefined)
      throw new LiveRequestError(
        localizable('This run has several networks of each kind, which are only trained together.'),
        localizable('Train whole steps.'),
      );
    const batches = [];
    for (let i = 0; i < task.batchesPerStep / task.criticSteps; i++) batches.push(await state.batches.next());
    const { updates, random } = state;
    const step = state.step + 1;
    const nonFinite = await task.trainPlayer(engine, player, { step, batches, random, updates });
    if (nonFinite !== undefined) throw new NonFiniteError(step, nonFinite);
    await keep?.();
    engine.mark();
    const images = player === 'discriminator' ? task.batchSize * batches.length : 0;
    state.finishIntervention({ ...updates, [player]: updates[player] + 1 }, images);
  }

  /** If the change cannot be made or written, the run goes on as before. */
  async #change(state: TrainingState, planned: PlannedChange, keep?: () => Promise<void>): Promise<void> {
    const { engine } = this.#of;
    const watch = await planned.openWatch();
    const before = planned.rebuilds ? await engine.read(engine.leafNames()) : undefined;
    const updates = { ...state.updates };
    planned.apply();
    try {
      if (before !== undefined) {
        const seed = Random.restore(state.random.state()).uint32();
        const { leaves, restarted } = planned.carryOver(before, seed);
        for (const role of restarted) updates[role] = 0;
        await this.#load(leaves);
      }
      await keep?.();
    } catch (error) {
      planned.revert();
      if (before !== undefined) await this.#load(before);
      throw refusalOf(error);
    }
    // The seed has been used.
    if (before !== undefined) state.random.uint32();
    state.finishIntervention(updates, 0);
    this.#of.onWatch(watch);
  }

  async #load(leaves: HostTensors): Promise<void> {
    const { task, engine } = this.#of;
    await engine.clear();
    engine.write(leaves);
    await task.prepare(engine);
    engine.mark();
  }

  #intervention(state: TrainingState, deed: Deed): Intervention {
    return {
      schemaVersion: RUN_SCHEMA_VERSION,
      step: state.step,
      at: new Date().toISOString(),
      ...deed,
    };
  }

  async #write(intervention: Intervention): Promise<void> {
    const script = [...this.#script, intervention];
    await this.#of.run.writeFile(RUN_FILES.interventions, interventionLines(script));
    this.#script = script;
  }
}
