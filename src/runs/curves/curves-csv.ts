/** Exports the step records of runs as one CSV table, with every record in full precision. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readMetricsParts } from '../../run-folder/metrics-reader';
import { pathInRun } from '../../run-folder/path-in-run';
import { STEP_CURVES } from '../../shared/dashboard-protocol';
import { localizable } from '../../shared/localizable-text';
import { RUN_FILES, type StepRecord } from '../../shared/run-format';
import { csvRow } from '../../storage/csv';
import { storageError } from '../../storage/storage-error';

const POSITIONS = ['step', 'images', 'seconds'] as const;

async function* stepsOf(folder: string): AsyncGenerator<readonly StepRecord[]> {
  for await (const part of readMetricsParts(await pathInRun(folder, RUN_FILES.metrics)))
    yield part.flatMap(({ record }) => (record.type === 'step' ? [record] : []));
}

/** In order of appearance. Scans all records, because the dashboard limits the number of curves. */
async function curvesOf(folders: readonly string[]): Promise<readonly string[]> {
  const extra = new Set<string>();
  for (const folder of folders)
    for await (const steps of stepsOf(folder))
      for (const record of steps) for (const name of Object.keys(record.extra ?? {})) extra.add(name);
  return [...STEP_CURVES, ...extra];
}

function valuesOf({ extra, ...record }: StepRecord): ReadonlyMap<string, number> {
  const own = Object.entries(record).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return new Map([...own, ...Object.entries(extra ?? {})]);
}

async function* rows(folders: readonly string[]): AsyncGenerator<string> {
  const curves = await curvesOf(folders);
  const title = folders.length > 1 ? ['run'] : [];
  yield csvRow([...title, ...POSITIONS, ...curves]);
  for (const folder of folders) {
    const name = folders.length > 1 ? [basename(folder)] : [];
    for await (const steps of stepsOf(folder)) {
      let text = '';
      for (const record of steps) {
        const values = valuesOf(record);
        const cells = [...name, ...[...POSITIONS, ...curves].map((column) => values.get(column))];
        text += csvRow(cells);
      }
      if (text !== '') yield text;
    }
  }
}

/**
 * Writes one row per record of these run folders; with several runs, the first column is the name of the run folder.
 * Replaces an existing file, and removes an incomplete one on failure. Throws `StorageError`, and `RunFolderError` if a
 * link leads out of a run.
 */
export async function writeCurvesCsv(path: string, folders: readonly string[]): Promise<void> {
  try {
    await pipeline(Readable.from(rows(folders)), createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw storageError(localizable('write {0}', path), error);
  }
}
