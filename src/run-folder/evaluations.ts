/**
 * Scores of a run that were computed outside training, in `control/scores`: one file per checkpoint and protocol, so
 * that repeated scoring replaces the earlier result, and the training process is not disturbed.
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

/** Absolute path of the folder, which may not exist. Throws `RunFolderError` if a link leads out of the run. */
export function evaluationsFolder(runFolder: string): Promise<string> {
  return pathInRun(runFolder, RUN_FILES.control, CONTROL_FILES.scores);
}

/** Identical for scores of the same step computed in the same way, regardless of their values. */
function fileName(records: readonly ScoreRecord[]): string {
  const hash = createHash('sha256');
  for (const { step, name, protocol, details } of records)
    hash.update(`${step} ${name} ${protocol} ${details?.seed}\0`);
  return `step-${String(records[0]?.step ?? 0).padStart(8, '0')}-${hash.digest('hex').slice(0, 8)}${SUFFIX}`;
}

/** Stores the finite scores of one step; writes nothing if there are none. Throws `StorageError`. */
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

/** Ordered by time of evaluation, newest last. Throws `RunFolderError` if a file is damaged, and `StorageError`. */
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
