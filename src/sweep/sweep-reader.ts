/**
 * Reads a sweep again and again while somebody looks at it: only the trials that may have changed since the last time.
 */
import { basename, join } from 'node:path';
import { RunFolderError } from '../run-folder/errors';
import { LockObserver } from '../run-folder/lock-file';
import { describeError } from '../shared/errors';
import { SWEEP_FILES } from '../shared/sweep-files';
import type {
  ShownTrial,
  SlurmTasks,
  SweepActivity,
  SweepParameter,
  SweepView,
} from '../shared/sweep-protocol';
import { readFolder } from '../storage/durable-file';
import { configurationText } from './configuration-text';
import { experimentOf } from './load-sweep';
import { Objective } from './objective';
import type { Parameter } from './parameter';
import { tasksOf } from './slurm-tasks';
import { isSpent, statusOf } from './summary';
import { type ListedTrial, SweepFolder } from './sweep-folder';
import { hasEnded, trialFolderName } from './sweep-format';

/** Enough to keep a disk busy, few enough for any limit on open files. */
const PARALLEL_READS = 32;

interface ReadTrial {
  readonly listed: ListedTrial;
  readonly shown: ShownTrial;
}

export class SweepReader {
  readonly #sweep: SweepFolder;
  readonly #objective: Objective;
  readonly #locks = new LockObserver();
  /** Trials that have ended do not change any more. */
  readonly #ended = new Map<number, ReadTrial>();
  #wasRunning = false;

  private constructor(sweep: SweepFolder) {
    this.#sweep = sweep;
    this.#objective = new Objective(sweep.plan.sweep.objective);
  }

  /** Throws `RunFolderError` if the folder is no sweep. */
  static async open(folder: string): Promise<SweepReader> {
    return new SweepReader(await SweepFolder.open(folder));
  }

  /** Throws `StorageError`. A trial whose files are damaged is shown as such. */
  async read(): Promise<SweepView> {
    const { path, plan } = this.#sweep;
    const begun = new Set(await readFolder(join(path, SWEEP_FILES.trials)));
    const numbers = Array.from({ length: plan.trials }, (_, index) => index + 1);
    const trials: ReadTrial[] = [];
    for (let begin = 0; begin < numbers.length; begin += PARALLEL_READS)
      trials.push(
        ...(await Promise.all(
          numbers
            .slice(begin, begin + PARALLEL_READS)
            .map(async (trial) =>
              begun.has(trialFolderName(trial)) ? await this.#read(trial) : waiting(trial),
            ),
        )),
      );
    const { objective, parameters, seeds } = plan.sweep;
    const runs = trials.flatMap(({ listed }) => listed.state?.runs ?? []);
    return {
      name: plan.name,
      folder: path,
      sweepFile: plan.sweepFile,
      experiment: basename(plan.experimentFile),
      activity: await this.#activityOf(trials),
      objective: { name: objective.score, better: this.#objective.kind.better, counts: objective.value },
      seeds,
      parameters: Object.entries(parameters).map(([key, parameter]) => shownParameter(key, parameter)),
      trials: withIncomparable(trials),
      steps: runs.reduce((sum, run) => sum + run.steps, 0),
      seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    };
  }

  /** Asks Slurm for the tasks of the sweep's jobs. Throws `SlurmError` where there is no Slurm. */
  async queuedTasks(): Promise<readonly SlurmTasks[]> {
    return await tasksOf(this.#sweep);
  }

  /**
   * The experiment of a trial: that of the sweep with the values of the trial, comments and formatting kept. Undefined
   * for a trial that has not begun. Throws `RunFolderError` if its file is damaged, and `ConfigError` if the values do
   * not go together.
   */
  async experimentOf(trial: number): Promise<{ readonly file: string; readonly text: string } | undefined> {
    const { experimentText, experimentFile, sweep } = this.#sweep.plan;
    const { decided } = await this.#sweep.trial(trial);
    if (decided === undefined) return undefined;
    const values = [sweep.set, decided.values] as const;
    // The folder may come from anywhere.
    experimentOf(experimentText, experimentFile, ...values);
    return { file: experimentFile, text: configurationText(experimentText, ...values) };
  }

  async #read(trial: number): Promise<ReadTrial> {
    const known = this.#ended.get(trial);
    if (known !== undefined) return known;
    try {
      const listed = await this.#sweep.trial(trial);
      const read = { listed, shown: await this.#shown(listed) };
      if (listed.state !== undefined && hasEnded(listed.state)) this.#ended.set(trial, read);
      return read;
    } catch (error) {
      if (!(error instanceof RunFolderError)) throw error;
      const damaged = { ...waiting(trial).shown, status: 'damaged' as const, reason: describeError(error) };
      return { listed: { trial }, shown: damaged };
    }
  }

  async #shown(listed: ListedTrial): Promise<ShownTrial> {
    const { trial, decided, state } = listed;
    const { scores = [], runs = [], value, slurm, reason } = state ?? {};
    const keys = Object.keys(this.#sweep.plan.sweep.parameters);
    return {
      trial,
      status: await statusOf(this.#sweep, listed, this.#locks),
      values: decided === undefined ? [] : keys.map((key) => decided.values[key] ?? null),
      ...(value === undefined ? {} : { value }),
      curve: scores.map(({ step }, index) => ({
        step,
        value: this.#objective.valueOf(scores.slice(0, index + 1)) ?? 0,
      })),
      steps: runs.reduce((sum, run) => sum + run.steps, 0),
      runs: runs.map((run) => ({
        // A damaged name must not lead out of the folder.
        folder: join(this.#sweep.runsFolder, basename(run.run)),
        seed: run.seed,
        steps: run.steps,
        ...(run.value === undefined ? {} : { value: run.value }),
      })),
      ...(slurm === undefined ? {} : { slurm }),
      ...(reason === undefined ? {} : { reason }),
    };
  }

  async #activityOf(trials: readonly ReadTrial[]): Promise<SweepActivity> {
    const isRunning = trials.some(({ shown }) => shown.status === 'running');
    // Between two trials of a process, none is being trained for a moment.
    const wasRunning = this.#wasRunning;
    this.#wasRunning = isRunning;
    if (isRunning) return 'running';
    const listed = trials.map((trial) => trial.listed);
    if (listed.every(({ state }) => state !== undefined && hasEnded(state))) return 'done';
    if (await this.#sweep.isStopRequested()) return 'stopped';
    const isAnyBegun = listed.some(({ state }) => state !== undefined && !hasEnded(state));
    if (!isAnyBegun && isSpent(this.#sweep.plan, listed)) return 'budget';
    return wasRunning ? 'running' : 'idle';
  }
}

function waiting(trial: number): ReadTrial {
  return {
    listed: { trial },
    shown: { trial, status: 'waiting', values: [], curve: [], steps: 0, runs: [] },
  };
}

function shownParameter(key: string, parameter: Parameter): SweepParameter {
  if (Array.isArray(parameter)) return { key, values: parameter };
  const { from, to, by } = parameter;
  return {
    key,
    from,
    to,
    isLogarithmic: by.startsWith('log-'),
    isWhole: by.endsWith('integer'),
  };
}

/** Marks the trials that were scored otherwise than most. */
function withIncomparable(trials: readonly ReadTrial[]): ShownTrial[] {
  const counts = new Map<string, number>();
  for (const { listed } of trials) {
    const protocol = listed.state?.protocol;
    if (protocol !== undefined) counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
  }
  const [usual] = [...counts].sort(([, a], [, b]) => b - a);
  return trials.map(({ listed, shown }) => {
    const protocol = listed.state?.protocol;
    return protocol === undefined || protocol === usual?.[0] ? shown : { ...shown, isIncomparable: true };
  });
}
