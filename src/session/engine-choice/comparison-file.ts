/** Comparisons of engines that this machine has made, a file in the cache for each network. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { cacheFolder } from '../../data/packed/cache';
import { saidSchema } from '../../shared/said-schema';
import type { Comparison } from '../../shared/step-time-protocol';
import { createFolder, writeFileDurably } from '../../storage/durable-file';

const SCHEMA_VERSION = 1;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Not everything that changes the speed of a machine is in the key. */
const VALID_MS: Readonly<Record<Comparison['kind'], number>> = {
  measured: 30 * DAY_MS,
  // The card may have been in use, or its memory full.
  unusable: DAY_MS,
};

export interface RememberedComparison {
  readonly comparison: Comparison;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

const fileSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  atMs: z.number(),
  comparison: z.union([
    z.object({
      kind: z.literal('measured'),
      processorStepMs: z.number().positive(),
      deviceStepMs: z.number().positive().exactOptional(),
    }),
    z.object({ kind: z.literal('unusable'), reason: saidSchema }),
  ]),
});

/** @param key everything that the comparison depends on */
function fileOf(key: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return join(cacheFolder(), 'engines', `${name}.json`);
}

/** Undefined if there is none, or it is too old, damaged, of another version, or cannot be read. */
export async function recallComparison(
  key: string,
  nowMs: number,
): Promise<RememberedComparison | undefined> {
  try {
    const { atMs, comparison } = fileSchema.parse(JSON.parse(await readFile(fileOf(key), 'utf8')));
    const ageMs = nowMs - atMs;
    return ageMs >= 0 && ageMs < VALID_MS[comparison.kind] ? { comparison, atMs } : undefined;
  } catch {
    return undefined;
  }
}

/** Throws `StorageError`. */
export async function rememberComparison(key: string, remembered: RememberedComparison): Promise<void> {
  const file = fileOf(key);
  await createFolder(dirname(file));
  await writeFileDurably(file, JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...remembered }));
}
