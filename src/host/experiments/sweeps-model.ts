/** The sweeps in the run folders of the workspace, with their trials: read again while a view shows them. */
import { isDeepStrictEqual } from 'node:util';
import { type Disposable, EventEmitter } from 'vscode';
import type { ListedSweep } from '../../runs/sweep-list';
import { describeError, type Problem, problemOf } from '../../shared/errors';
import type { SlurmTasks, SweepView } from '../../shared/sweep-protocol';
import type { SweepReader } from '../../sweep/sweep-reader';
import type { ExperimentService } from '../config-editing/experiment-service';
import { FolderPoll } from './folder-poll';
import type { RunsModel } from './runs-model';

/** What Slurm has said last. */
export interface SweepQueue {
  /** Those that have not ended. */
  readonly tasks: readonly SlurmTasks[];
  /** Why it could not be asked. */
  readonly problem?: Problem;
}

const NO_QUEUE: SweepQueue = { tasks: [] };

export interface KnownSweep {
  readonly listed: ListedSweep;
  /** Undefined until its trials have been read, and if they cannot be. */
  readonly view?: SweepView;
  readonly queue: SweepQueue;
  /** Why its trials cannot be read. */
  readonly problem?: string;
}

interface Followed {
  reader: Promise<SweepReader> | undefined;
  known: KnownSweep;
  /** May be newer than `known`. */
  queue: SweepQueue;
  /** When Slurm may be asked again, by `performance.now()`; infinite while it is being asked. */
  nextQueryMs: number;
}

export function waitingTasks({ tasks }: SweepQueue): readonly SlurmTasks[] {
  return tasks.filter(({ state }) => state !== 'RUNNING');
}

/** Every user of a cluster asks the same controller. */
const SLURM_INTERVAL_MS = 10_000;

/** Sweeps are read by the bundle that knows their schema. */
export interface SweepServices {
  readonly runs: Pick<RunsModel, 'firstLook' | 'runsFolders'>;
  readonly experimentService: () => Pick<ExperimentService, 'openSweep'>;
}

export class SweepsModel implements Disposable {
  readonly #host: SweepServices;
  readonly #changed = new EventEmitter<readonly string[] | undefined>();
  /** Fires with the folders of the sweeps whose trials have changed, or without if sweeps have come or gone. */
  readonly onDidChange = this.#changed.event;
  readonly #followed = new Map<string, Followed>();
  readonly #poll = new FolderPoll(() => this.#refresh());
  #hasListed = false;
  #listing: Promise<void> | undefined;

  constructor(host: SweepServices) {
    this.#host = host;
  }

  /** Newest first. */
  get sweeps(): readonly KnownSweep[] {
    return [...this.#followed.values()].map(({ known }) => known);
  }

  sweepIn(folder: string): KnownSweep | undefined {
    return this.#followed.get(folder)?.known;
  }

  /** Resolves when the sweeps are known, though not their trials. */
  async firstLook(): Promise<void> {
    if (!this.#hasListed) await this.#list();
  }

  /** Polls until it is disposed. */
  watch(): Disposable {
    return this.#poll.watch();
  }

  /** Reads what may have changed. Calls made meanwhile share it. */
  async refresh(): Promise<void> {
    await this.#poll.refresh();
  }

  dispose(): void {
    this.#poll.dispose();
    this.#changed.dispose();
  }

  async #refresh(): Promise<void> {
    await this.#list();
    const changed: string[] = [];
    for (const [folder, followed] of this.#followed) if (await this.#read(followed)) changed.push(folder);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  async #list(): Promise<void> {
    this.#listing ??= this.#listNow().finally(() => {
      this.#listing = undefined;
    });
    await this.#listing;
  }

  async #listNow(): Promise<void> {
    await this.#host.runs.firstLook();
    const listed = await sweepsIn(this.#host.runs.runsFolders);
    const before = [...this.#followed.keys()];
    const known = new Map(this.#followed);
    this.#followed.clear();
    for (const sweep of listed)
      this.#followed.set(
        sweep.folder,
        known.get(sweep.folder) ?? {
          reader: undefined,
          known: { listed: sweep, queue: NO_QUEUE },
          queue: NO_QUEUE,
          nextQueryMs: 0,
        },
      );
    this.#hasListed = true;
    if (!isDeepStrictEqual(before, [...this.#followed.keys()])) this.#changed.fire(undefined);
  }

  /** Returns whether anything has changed. The trials of a sweep that is done do not. */
  async #read(followed: Followed): Promise<boolean> {
    const before = followed.known;
    if (before.view?.activity === 'done') return false;
    const read = await this.#readNow(followed);
    followed.known = { ...read, queue: read.view?.activity === 'done' ? NO_QUEUE : followed.queue };
    return !isDeepStrictEqual(before, followed.known);
  }

  /** In the background, since a controller that cannot be reached takes its time; shown at the next look. */
  async #askSlurm(reader: SweepReader, followed: Followed): Promise<void> {
    followed.nextQueryMs = Number.POSITIVE_INFINITY;
    try {
      followed.queue = { tasks: await reader.queuedTasks() };
    } catch (error) {
      followed.queue = { tasks: [], problem: problemOf(error) };
    } finally {
      followed.nextQueryMs = performance.now() + SLURM_INTERVAL_MS;
    }
  }

  async #readNow(followed: Followed): Promise<Omit<KnownSweep, 'queue'>> {
    const { listed } = followed.known;
    try {
      followed.reader ??= this.#host.experimentService().openSweep(listed.folder);
      const reader = await followed.reader;
      const view = await reader.read();
      const isDue = view.activity !== 'done' && performance.now() >= followed.nextQueryMs;
      if (isDue) void this.#askSlurm(reader, followed);
      return { listed, view };
    } catch (error) {
      followed.reader = undefined;
      return { listed, problem: describeError(error) };
    }
  }
}

/** Reading them needs the validation library, which a window without runs never loads. */
async function sweepsIn(runsFolders: readonly string[]): Promise<readonly ListedSweep[]> {
  if (runsFolders.length === 0) return [];
  const { listSweeps } = await import('../../runs/sweep-list');
  // An unreadable folder is reported with its runs.
  return await listSweeps(runsFolders).catch(() => []);
}
