/** Reads JSON files of a run folder; errors for missing, damaged or too new files give the path. */
import * as z from 'zod';
import { describeError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import { RUN_SCHEMA_VERSION } from '../shared/run-format';
import { errorCode, storageError } from '../storage/storage-error';
import { readBounded } from './bounded-file';
import { RESTORE_FILE, RunFolderError } from './errors';

const versioned = z.looseObject({ schemaVersion: z.int().min(1) });

/** Records, labels and configs are a few kilobytes. */
const MAX_BYTES = 16 * 2 ** 20;

/** The unvalidated value of a JSON file. Throws `RunFolderError` if it is missing, far too large or not JSON. */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = (await readBounded(path, MAX_BYTES)).toString();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw storageError(localizable('read {0}', path), error);
    throw new RunFolderError(
      localizable('{0} does not exist.', path),
      localizable('Check the path. The folder is not a run, or its creation was interrupted.'),
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RunFolderError(
      localizable('{0} is not valid JSON: {1}', path, describeError(error)),
      RESTORE_FILE,
      {
        cause: error,
      },
    );
  }
}

/** Reads and validates a file with a `schemaVersion`. Throws `RunFolderError`. */
export async function readVersionedJson<Value>(path: string, schema: z.ZodType<Value>): Promise<Value> {
  const value = await readJson(path);
  const version = versioned.safeParse(value).data?.schemaVersion;
  if (version !== undefined && version > RUN_SCHEMA_VERSION) {
    throw new RunFolderError(
      localizable(
        '{0} has schema version {1}; this version of GAN Workbench supports up to {2}.',
        path,
        version,
        RUN_SCHEMA_VERSION,
      ),
      localizable('Update GAN Workbench.'),
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RunFolderError(
    localizable('{0} is damaged: {1}', path, z.prettifyError(parsed.error).replaceAll('\n', ' ')),
    RESTORE_FILE,
  );
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
