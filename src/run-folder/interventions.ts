/**
 * `interventions.jsonl`: what was done to a run while it trained. Together with `config.json` it is the script of the
 * run: a checkpoint says how many of its lines it comes after, and a resumed run carries out the others at their steps.
 */
import * as z from 'zod';
import { isGroup } from '../shared/config-rows';
import { localizable } from '../shared/localizable-text';
import {
  type ConfigDifference,
  type Intervention,
  NETWORK_ROLES,
  RUN_FILES,
  RUN_SCHEMA_VERSION,
} from '../shared/run-format';
import { errorCode, storageError } from '../storage/storage-error';
import { readBounded } from './bounded-file';
import { configDifferenceSchema } from './config-difference-schema';
import { RESTORE_FILE, RunFolderError } from './errors';
import { readJson } from './json-file';
import { pathInRun } from './path-in-run';

const MAX_BYTES = 64 * 2 ** 20;

const base = {
  schemaVersion: z.int().min(1).max(RUN_SCHEMA_VERSION),
  step: z.int().min(0),
  at: z.iso.datetime(),
};

const interventionSchema: z.ZodType<Intervention> = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('change'), changes: z.array(configDifferenceSchema) }),
  z.object({ ...base, type: z.literal('playerStep'), player: z.enum(NETWORK_ROLES) }),
]);

/** All of them, in order; none if there is no such file. Throws `RunFolderError` if it is damaged, `StorageError`. */
export async function readInterventions(runFolder: string): Promise<readonly Intervention[]> {
  const path = await pathInRun(runFolder, RUN_FILES.interventions);
  let text: string;
  try {
    text = (await readBounded(path, MAX_BYTES)).toString();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw storageError(localizable('read {0}', path), error);
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    const parsed = interventionSchema.safeParse(parsedJson(line));
    if (parsed.success) return parsed.data;
    throw new RunFolderError(localizable('Line {0} of {1} is damaged.', index + 1, path), RESTORE_FILE);
  });
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The file's content. */
export function interventionLines(interventions: readonly Intervention[]): string {
  return interventions.map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** The resolved config as plain JSON, with all changes so far. Throws `RunFolderError`, `StorageError`. */
export async function readConfigJson(runFolder: string): Promise<unknown> {
  const config = await readJson(await pathInRun(runFolder, RUN_FILES.config));
  return changedBy(config, await readInterventions(runFolder));
}

/** A config after the changes among these interventions. */
export function changedBy(config: unknown, interventions: readonly Intervention[]): unknown {
  return interventions.reduce(
    (before, one) => (one.type === 'change' ? one.changes.reduce(withDifference, before) : before),
    config,
  );
}

function withDifference(config: unknown, { key, after }: ConfigDifference): unknown {
  return withValue(config, key.split('.'), after);
}

/** @param value undefined removes the key */
function withValue(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const { [key]: present, ...others } = isGroup(target) ? target : {};
  if (rest.length === 0 && value === undefined) return others;
  // Assigned in place, to keep the order of keys.
  return { ...(isGroup(target) ? target : {}), [key]: withValue(present, rest, value) };
}
