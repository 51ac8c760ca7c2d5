/**
 * Fills a packed cache from any number of sources, several concurrently, in order and in constant memory, with progress
 * and cancellation.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LocalizableText } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import type { ImportProgress } from '../source';
import type { PackContents, PackEntry } from './pack-format';
import { PackWriter } from './pack-writer';

/** The outcome of one source. */
export type Produced =
  | {
      readonly record: Uint8Array;
      readonly label?: number;
      readonly entry?: Pick<PackEntry, 'name' | 'stamp'>;
    }
  | { readonly reason: LocalizableText; readonly entry: Pick<PackEntry, 'name' | 'stamp'> };

export interface PackPlan {
  readonly file: string;
  readonly contents: PackContents;
  /** Number of sources. */
  readonly total: number;
  /** Maximum number of sources in flight. */
  readonly parallel: number;
  produce(index: number): Promise<Produced>;
}

export interface PackRequest {
  readonly signal?: AbortSignal;
  onProgress?(progress: ImportProgress): void;
}

/** The import was cancelled on request. */
export class ImportCancelledError extends DataError {
  constructor() {
    super('The import was cancelled; nothing of it was kept.', 'Start it again when you want it.');
  }
}

/** Interval between yields to the event loop, even if sources never wait for anything. */
const TURN_MS = 20;

/** The file is complete when this returns, and absent if it throws. */
export async function makePack(plan: PackPlan, { signal, onProgress }: PackRequest = {}): Promise<void> {
  const writer = await PackWriter.create(plan.file, plan.contents);
  const started = performance.now();
  let turnedMs = started;
  const underWay: Promise<Produced>[] = [];
  let skipped = 0;
  try {
    for (let next = 0, done = 0; done < plan.total; done++) {
      if (signal?.aborted === true) throw new ImportCancelledError();
      for (; next < plan.total && next - done < plan.parallel; next++) {
        const production = plan.produce(next);
        // A failure is reported when its turn comes; until then it must not count as unhandled.
        production.catch(() => undefined);
        underWay.push(production);
      }
      const produced = await underWay.shift();
      if (produced === undefined) break;
      if ('reason' in produced) skipped++;
      await keep(writer, produced);
      if (performance.now() - turnedMs > TURN_MS) {
        await nextTurn();
        turnedMs = performance.now();
      }
      const seconds = (performance.now() - started) / 1000;
      onProgress?.({
        done: done + 1,
        total: plan.total,
        skipped,
        imagesPerSecond: (done + 1) / seconds,
        etaSeconds: ((plan.total - done - 1) * seconds) / (done + 1),
      });
    }
    await writer.finish();
  } catch (error) {
    await Promise.allSettled(underWay);
    await writer.discard();
    throw error;
  }
}

async function keep(writer: PackWriter, produced: Produced): Promise<void> {
  if ('reason' in produced) {
    writer.note({ ...produced.entry, reason: produced.reason });
    return;
  }
  const { record, label, entry } = produced;
  const slot = await writer.append(record, label);
  if (entry !== undefined) writer.note({ ...entry, slot, ...(label === undefined ? {} : { label }) });
}
