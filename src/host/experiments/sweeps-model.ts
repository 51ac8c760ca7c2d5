/** The sweeps in the run folders of the workspace, with their trials: read again while a view shows them. */
import { isDeepStrictEqual } from 'node:util';
import { type Disposable, EventEmitter } from 'vscode';
import type { ListedSweep } from '../../runs/sweep-list';
import { describeError } from '../../shared/errors';
import type { SweepView } from '../../shared/sweep-protocol';
import type { SweepReader } from '../../sweep/sweep-reader';
import type { ExperimentService } from '../config-editing/experiment-service';
import { FolderPoll } from './folder-poll';
import type { RunsModel } from './runs-model';
import { NO_QUEUE, type SweepQueue, SweepQueueReader } from './sweep-queue';

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
  readonly queue: SweepQueueReader;
}

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
          queue: new SweepQueueReader(),
        },
      );
    this.#hasListed = true;
    if (!isDeepStrictEqual(before, [...this.#followed.keys()])) this.#changed.fire(undefined);
  }

  /** Returns whether anything has changed. The trials of a sweep that is done do not. */
  async #read(followed: Followed): Promise<boolean> {
    const before = followed.known;
    if (before.view?.activity === 'done') return false;
    followed.known = await this.#readNow(followed);
    return !isDeepStrictEqual(before, followed.known);
  }

  async #readNow(followed: Followed): Promise<KnownSweep> {
    const { listed } = followed.known;
    try {
      followed.reader ??= this.#host.experimentService().openSweep(listed.folder);
      const reader = await followed.reader;
      const view = await reader.read();
      return { listed, view, queue: view.activity === 'done' ? NO_QUEUE : followed.queue.look(reader) };
    } catch (error) {
      followed.reader = undefined;
      return { listed, queue: NO_QUEUE, problem: describeError(error) };
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
