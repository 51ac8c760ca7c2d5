/**
 * Scores that were computed of a run beside its training, in `control/scores`: a file for each checkpoint and protocol, so
 * that scoring again replaces what it repeats, and whoever trains the run is not disturbed.
 */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import * as z from 'zod';
import {
  CONTROL_FILES,
  RUN_FILES,
  RUN_SCHEMA_VERSION,
  type ScoreRecord,
  type StoredEvaluation,
} from '../shared/run-format';
import { createFolder, readFolder, writeFileDurably } from '../storage/durable-file';
import { jsonText, readVersionedJson } from './json-file';
import { scoreRecordSchema } from './metrics-schema';
import { pathInRun } from './path-in-run';

const SUFFIX = '.json';

const storedSchema: z.ZodType<StoredEvaluation> = z.object({
  schemaVersion: z.int().min(1),
  evaluatedAt: z.iso.datetime(),
  records: z.array(scoreRecordSchema),
});

/** Absolute path of the folder, which need not be there. Throws `RunFolderError` where a link leads elsewhere. */
export function evaluationsFolder(runFolder: string): Promise<string> {
  return pathInRun(runFolder, RUN_FILES.control, CONTROL_FILES.scores);
}

/** The same for scores of the same step that were computed in the same way, whatever their values. */
function fileName(records: readonly ScoreRecord[]): string {
  const hash = createHash('sha256');
  for (const { step, name, protocol, details } of records)
    hash.update(`${step} ${name} ${protocol} ${details?.seed}\0`);
  return `step-${String(records[0]?.step ?? 0).padStart(8, '0')}-${hash.digest('hex').slice(0, 8)}${SUFFIX}`;
}

/** Keeps the scores of one step that are numbers. Nothing is written where there are none. Throws `StorageError`. */
export async function writeEvaluation(
  runFolder: string,
  scored: readonly ScoreRecord[],
  evaluatedAt: Date = new Date(),
): Promise<void> {
  const records = scored.filter(({ value }) => Number.isFinite(value));
  if (records.length === 0) return;
  const path = await pathInRun(runFolder, RUN_FILES.control, CONTROL_FILES.scores, fileName(records));
  const stored: StoredEvaluation = {
    schemaVersion: RUN_SCHEMA_VERSION,
    evaluatedAt: evaluatedAt.toISOString(),
    records,
  };
  await createFolder(dirname(path));
  await writeFileDurably(path, jsonText(stored));
}

/** Those computed last come last. Throws `RunFolderError` where a file is damaged, `StorageError`. */
export async function readEvaluations(runFolder: string): Promise<readonly ScoreRecord[]> {
  const names = (await readFolder(await evaluationsFolder(runFolder))).filter((name) =>
    name.endsWith(SUFFIX),
  );
  const stored: StoredEvaluation[] = [];
  for (const name of names) {
    const path = await pathInRun(runFolder, RUN_FILES.control, CONTROL_FILES.scores, name);
    stored.push(await readVersionedJson(path, storedSchema));
  }
  return stored
    .toSorted((a, b) => Date.parse(a.evaluatedAt) - Date.parse(b.evaluatedAt))
    .flatMap(({ records }) => records);
}
