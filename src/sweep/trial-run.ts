/** Trains the runs of one trial, whose lock this process holds, and records how they go. */
import { basename, dirname, join } from 'node:path';
import { bindPart } from '../config/bind';
import { experimentName } from '../config/load';
import type { ExperimentConfig } from '../config/schema';
import { checkpointSteps } from '../run-folder/checkpoints';
import { runNumber } from '../run-folder/create-folder';
import { RunFolderError } from '../run-folder/errors';
import type { RunLock } from '../run-folder/run-lock';
import { readRunRecord } from '../run-folder/run-record';
import { readScores } from '../run-folder/scores';
import { readStoredConfig } from '../session/stored-run';
import { resumeSession, startSession, type TrainingSession } from '../session/training-session';
import { describeError } from '../shared/errors';
import { formatText, localizable } from '../shared/localizable-text';
import type { RunRecord, ScoreRecord } from '../shared/run-format';
import { slurmPlace } from '../slurm/slurm';
import { readFolder } from '../storage/durable-file';
import type { TrainingObserver, TrainingProgress } from '../training/job';
import { experimentOf } from './load-sweep';
import { Objective, type StepScore } from './objective';
import { pruningRules } from './pruning/registry';
import type { SweepFolder } from './sweep-folder';
import { NEW_TRIAL, type Trial, type TrialState } from './sweep-format';

/** A trial whose process has died this often without getting further is not tried again. */
const MAX_ATTEMPTS = 10;

/** Called between steps. */
export interface TrialObserver {
  onProgress?(progress: TrainingProgress & { readonly trial: number; readonly seed: number }): void;
  onRun?(run: { readonly trial: number; readonly seed: number; readonly folder: string }): void;
  onScore?(score: StepScore & { readonly trial: number; readonly seed: number }): void;
}

interface Place {
  readonly sweep: SweepFolder;
  readonly trial: Trial;
  readonly lock: RunLock;
  readonly observer: TrialObserver;
  /** Aborted to stop training, with a `StopCause` as its reason. */
  readonly signal: AbortSignal;
}

/** A run of the trial while it trains. */
interface Training {
  readonly index: number;
  readonly seed: number;
  readonly scores: ScoreRecord[];
  session?: TrainingSession;
}

interface Recorded extends Omit<Training, 'session'> {
  readonly folder: string;
}

export class TrialRun {
  readonly #sweep: SweepFolder;
  readonly #trial: Trial;
  readonly #lock: RunLock;
  readonly #observer: TrialObserver;
  readonly #signal: AbortSignal;
  readonly #objective: Objective;
  #state: TrialState;
  /** Whether no process has taken the trial before. */
  readonly #isNew: boolean;
  /** Steps between scores, the same in all trials; known once one has been compared. */
  #scoreEvery: number | undefined;

  constructor({ sweep, trial, lock, observer, signal }: Place, state: TrialState) {
    this.#sweep = sweep;
    this.#trial = trial;
    this.#lock = lock;
    this.#observer = observer;
    this.#signal = signal;
    this.#objective = new Objective(sweep.plan.sweep.objective);
    this.#state = state;
    this.#isNew = state === NEW_TRIAL;
  }

  /** Returns the state in which the trial ended, or was stopped. Throws `StorageError`, `RunLockLostError`. */
  async train(): Promise<TrialState> {
    await this.#take();
    if (this.#state.attempts > MAX_ATTEMPTS)
      return await this.#end('failed', formatText(localizable('Its process ended {0} times.', MAX_ATTEMPTS)));
    for (const [index, seed] of this.#sweep.plan.seeds.entries()) {
      let record: RunRecord;
      try {
        record = await this.#trainRun(index, seed);
      } catch (error) {
        if (this.#signal.aborted) return await this.#pause();
        return await this.#end('failed', describeError(error));
      }
      if (record.status === 'failed') return await this.#end('failed', record.failure?.message);
      if (record.status !== 'completed')
        return record.stoppedBy === 'pruned'
          ? await this.#end('pruned', this.#state.reason)
          : await this.#pause();
      if (this.#state.runs[index]?.value === undefined)
        return await this.#end(
          'failed',
          formatText(localizable('The run has no {0}. See its log for why.', this.#objective.kind.title)),
        );
    }
    return await this.#end('completed');
  }

  async #take(): Promise<void> {
    const { slurm: _, stoppedBy: __, ...before } = this.#state;
    const slurm = slurmPlace(process.env);
    const reached = await this.#reached();
    await this.#write({
      ...before,
      status: 'running',
      attempts: reached > before.reached ? 1 : before.attempts + 1,
      reached,
      ...(slurm === undefined ? {} : { slurm }),
    });
  }

  /** Steps in the newest checkpoints, from which the runs go on. */
  async #reached(): Promise<number> {
    const newest = this.#state.runs.map(
      async ({ run }) => (await checkpointSteps(join(this.#sweep.runsFolder, run))).at(-1) ?? 0,
    );
    return (await Promise.all(newest)).reduce((sum, step) => sum + step, 0);
  }

  /** Stopped as asked: that is no failed attempt. */
  async #pause(): Promise<TrialState> {
    return await this.#update({
      status: 'stopped',
      attempts: 0,
      // Otherwise the whole sweep or its process is stopped, and another may go on with the trial.
      ...(this.#signal.aborted ? {} : { stoppedBy: 'user' }),
    });
  }

  async #end(status: 'completed' | 'pruned' | 'failed', reason?: string): Promise<TrialState> {
    const values = this.#state.runs.flatMap(({ value }) => value ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const { reason: _, ...before } = this.#state;
    return await this.#write({
      ...before,
      status,
      ...(values.length === 0 ? {} : { value: mean }),
      ...(reason === undefined ? {} : { reason }),
    });
  }

  async #update(change: Partial<TrialState>): Promise<TrialState> {
    return await this.#write({ ...this.#state, ...change });
  }

  async #write(state: TrialState): Promise<TrialState> {
    this.#lock.check();
    this.#state = state;
    await this.#sweep.writeState(this.#trial.trial, this.#state);
    return this.#state;
  }

  async #trainRun(index: number, seed: number): Promise<RunRecord> {
    const earlier = this.#state.runs[index]?.run ?? (await this.#orphanOf(seed));
    const folder = earlier === undefined ? undefined : join(this.#sweep.runsFolder, earlier);
    if (folder !== undefined) {
      const record = await readRunRecord(folder);
      if (isOver(record)) {
        await this.#record({ index, seed, folder, scores: await readScores(folder) });
        return record;
      }
    }
    await this.#keepTraining();
    const training: Training = { index, seed, scores: [] };
    const session = await this.#open(seed, folder, this.#observed(training));
    training.session = session;
    // Of a resumed run; those after its checkpoint are gone, and computed again.
    training.scores.push(...(await readScores(session.folder)));
    await this.#trainSession(session, training);
    return await readRunRecord(session.folder);
  }

  /** A process that died after it had decided to prune the trial, but before the run had stopped, leaves its reason. */
  async #keepTraining(): Promise<void> {
    const { reason, ...before } = this.#state;
    if (reason !== undefined) await this.#write(before);
  }

  async #trainSession(session: TrainingSession, { index, seed, scores }: Training): Promise<void> {
    const { folder } = session;
    const stop = (): void => session.loop.stop(this.#signal.reason === 'signal' ? 'signal' : 'user');
    this.#signal.addEventListener('abort', stop);
    try {
      if (this.#signal.aborted) stop();
      await this.#record({ index, seed, folder, scores });
      this.#observer.onRun?.({ trial: this.#trial.trial, seed, folder });
      await session.run();
    } finally {
      this.#signal.removeEventListener('abort', stop);
    }
    await this.#record({ index, seed, folder, scores });
  }

  async #open(
    seed: number,
    folder: string | undefined,
    observer: TrainingObserver,
  ): Promise<TrainingSession> {
    const { plan, path, runsFolder } = this.#sweep;
    const file = plan.experimentFile;
    const name = experimentName(file);
    if (folder !== undefined)
      return await resumeSession({
        runFolder: folder,
        config: await readStoredConfig(folder),
        experimentFile: file,
        experimentName: name,
        observer,
        signal: this.#signal,
      });
    return await startSession({
      experiment: { config: this.#configOf(seed), file, baseFolder: dirname(file), name },
      runsFolder,
      sweep: { sweep: basename(path), trial: this.#trial.trial },
      observer,
      signal: this.#signal,
    });
  }

  #configOf(seed: number): ExperimentConfig {
    const { experimentText, experimentFile, sweep, threads } = this.#sweep.plan;
    const config = { ...experimentOf(experimentText, experimentFile, sweep.set, this.#trial.values), seed };
    if (threads === undefined || config.engine.threads !== 'auto') return config;
    return { ...config, engine: { ...config.engine, threads } };
  }

  /** The run of an earlier attempt that died before it had noted which one it was. */
  async #orphanOf(seed: number): Promise<string | undefined> {
    if (this.#isNew) return undefined;
    const { runsFolder, path } = this.#sweep;
    const names = (await readFolder(runsFolder)).filter((name) => runNumber(name) !== undefined);
    for (const name of names.reverse()) {
      const folder = join(runsFolder, name);
      try {
        const { sweep } = await readRunRecord(folder);
        if (sweep?.sweep !== basename(path) || sweep.trial !== this.#trial.trial) continue;
        if ((await readStoredConfig(folder)).seed === seed) return name;
      } catch (error) {
        // Other runs of the folder may be damaged or deleted.
        if (!(error instanceof RunFolderError)) throw error;
      }
    }
    return undefined;
  }

  #observed(training: Training): TrainingObserver {
    const { trial } = this.#trial;
    const { index, seed } = training;
    // Noted first: a process that takes the trial over finds a pruned run, and here the reason.
    const prune = async (reason: string): Promise<void> => {
      await this.#update({ reason });
      training.session?.loop.stop('pruned');
    };
    return {
      onProgress: (progress) => this.#observer.onProgress?.({ ...progress, trial, seed }),
      onFinding: async ({ severity, message }) => {
        if (this.#sweep.plan.sweep.pruneOnFinding && index === 0 && severity === 'error')
          await prune(message);
      },
      onScores: async ({ records }) => {
        training.scores.push(...records);
        const newest = this.#objective.scoresIn(records).scores.at(-1);
        const folder = training.session?.folder;
        if (newest === undefined || folder === undefined) return;
        await this.#record({ index, seed, folder, scores: training.scores });
        this.#observer.onScore?.({ ...newest, trial, seed });
        const reason = index === 0 ? await this.#losesAt(newest) : undefined;
        if (reason !== undefined) await prune(reason);
      },
    };
  }

  async #record({ index, seed, folder, scores: records }: Recorded): Promise<void> {
    const { scores, protocol } = this.#objective.scoresIn(records);
    const { step, trainingSeconds } = await readRunRecord(folder);
    const value = this.#objective.valueOf(scores);
    const run = {
      seed,
      run: basename(folder),
      steps: Math.max(step, scores.at(-1)?.step ?? 0),
      seconds: trainingSeconds,
      ...(value === undefined ? {} : { value }),
    };
    await this.#update({
      runs: [...this.#state.runs.slice(0, index), run, ...this.#state.runs.slice(index + 1)],
      ...(index > 0 ? {} : { scores: [...scores], ...(protocol === undefined ? {} : { protocol }) }),
    });
  }

  /** Returns why the trial ends at its newest score, if it does. */
  async #losesAt({ step, value }: StepScore): Promise<string | undefined> {
    const { pruning } = this.#sweep.plan.sweep;
    const { part, options } = bindPart(pruningRules, pruning, 'name');
    const others = (await this.#sweep.trials()).filter(
      ({ trial, state }) => trial !== this.#trial.trial && state?.protocol === this.#state.protocol,
    );
    this.#scoreEvery ??= scoreIntervalOf(this.#configOf(0));
    const comparison = {
      own: this.#objective.curveOf(this.#state),
      others: others.flatMap(({ state }) => (state === undefined ? [] : [this.#objective.curveOf(state)])),
      scoreEvery: this.#scoreEvery,
    };
    if (!part.prunes(comparison, options)) return undefined;
    return formatText(
      localizable(
        '{0}: {1} {2} at step {3} is not among the best.',
        part.title,
        this.#objective.kind.title,
        Number(value.toPrecision(4)),
        step,
      ),
    );
  }
}

function scoreIntervalOf({ evaluation }: ExperimentConfig): number {
  return evaluation === false ? 1 : evaluation.every;
}

/** Whether there is nothing left to train: a run that was stopped otherwise than by pruning is resumed. */
function isOver({ status, stoppedBy }: RunRecord): boolean {
  return status === 'completed' || status === 'failed' || (status === 'stopped' && stoppedBy === 'pruned');
}
