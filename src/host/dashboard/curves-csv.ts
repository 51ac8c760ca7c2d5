/** The step records of runs as one table of comma-separated values, every record and every digit of it. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RUN_FILES, type StepRecord } from '../../shared/run-format';
import { readMetricsParts } from '../../training/run-folder/metrics-reader';
import { pathInRun } from '../../training/run-folder/path-in-run';
import { storageError } from '../../training/storage/storage-error';

export interface CurvesOfRun {
  /** Absolute path of the run folder. */
  readonly folder: string;
  /** Names of the values that its records have. */
  readonly curves: readonly string[];
}

const POSITIONS = ['step', 'images', 'seconds'] as const;

/** RFC 4180: quoted where it has to be. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function valuesOf({ extra, ...record }: StepRecord): ReadonlyMap<string, number> {
  const own = Object.entries(record).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return new Map([...own, ...Object.entries(extra ?? {})]);
}

async function* rows(runs: readonly CurvesOfRun[]): AsyncGenerator<string> {
  const curves = [...new Set(runs.flatMap((run) => run.curves))];
  const title = runs.length > 1 ? ['run'] : [];
  yield `${[...title, ...POSITIONS, ...curves].map(cell).join(',')}\r\n`;
  for (const { folder } of runs) {
    const name = runs.length > 1 ? [basename(folder)] : [];
    for await (const part of readMetricsParts(await pathInRun(folder, RUN_FILES.metrics))) {
      let text = '';
      for (const { record } of part) {
        if (record.type !== 'step') continue;
        const values = valuesOf(record);
        const cells = [...name, ...[...POSITIONS, ...curves].map((column) => values.get(column))];
        text += `${cells.map(cell).join(',')}\r\n`;
      }
      if (text !== '') yield text;
    }
  }
}

/**
 * Writes a row for each record; with several runs the first column is the name of the run's folder. What is there
 * already is replaced, and what could not be written whole is removed. Throws `StorageError`, and `RunFolderError` where
 * a link leads out of a run.
 */
export async function writeCurvesCsv(path: string, runs: readonly CurvesOfRun[]): Promise<void> {
  try {
    await pipeline(Readable.from(rows(runs)), createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw storageError(`write ${path}`, error);
  }
}
