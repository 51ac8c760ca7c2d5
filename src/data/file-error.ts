/** Turns what the system says about a person's file into an error that they can act on. */
import type { BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { describeError } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import { DataError } from './data-error';

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the system refused something (ENOSPC, EMFILE), rather than Node.js or a library. */
export function isFromSystem(error: unknown): boolean {
  return /^E(?!RR_)/.test(errorCode(error));
}

/** What to say when `file` cannot be opened or read. */
export function unreadable(file: string, error: unknown): DataError {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new DataError(
      localizable('{0} does not exist.', file),
      localizable('Correct the path. Relative paths are relative to the experiment.'),
      { cause: error },
    );
  return new DataError(
    localizable('{0} cannot be read: {1}.', file, describeError(error)),
    localizable('Check the permissions of the file.'),
    { cause: error },
  );
}

/** Throws `DataError` unless it is a regular file. */
export async function statFile(file: string): Promise<BigIntStats> {
  const info = await stat(file, { bigint: true }).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (info.isDirectory())
    throw new DataError(
      localizable('{0} is a folder, not a file.', file),
      localizable('Specify a file in the folder.'),
    );
  if (!info.isFile())
    throw new DataError(
      localizable('{0} is not a regular file.', file),
      localizable('Copy the data to a regular file.'),
    );
  return info;
}

/**
 * Another content has another one, also where size and modification time were kept, as tools that copy and edit metadata
 * do: nobody can set the time of the last change.
 */
export function fileStamp({ size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${size}:${mtimeNs}:${ctimeNs}`;
}

/** Why a file among many is skipped. */
export function skipReason(error: unknown): LocalizableText {
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return localizable('Permission denied');
  if (code === 'ENOENT') return localizable('Broken link or deleted file');
  if (code === 'ELOOP') return localizable('Link to itself');
  return verbatim(describeError(error));
}

/** Throws what the system says where the file cannot be opened, which is the one sure way to ask. */
export async function checkReadable(file: string): Promise<void> {
  const handle = await open(file, 'r');
  await handle.close();
}
