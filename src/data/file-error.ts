/** Turns system errors about a user's file into errors that the user can act on. */
import type { BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { describeError } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import { DataError } from './data-error';

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the error comes from the system (ENOSPC, EMFILE) rather than from Node.js or a library. */
export function isFromSystem(error: unknown): boolean {
  return /^E(?!RR_)/.test(errorCode(error));
}

/** The error for a `file` that cannot be opened or read. */
export function unreadable(file: string, error: unknown): DataError {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new DataError(
      localizable('{0} does not exist.', file),
      localizable('Correct the path. Relative paths start at the experiment’s folder.'),
      { cause: error },
    );
  return new DataError(
    localizable('{0} cannot be read: {1}.', file, describeError(error)),
    localizable('Check the permissions of the file.'),
    { cause: error },
  );
}

/** Throws `DataError` if it is not a regular file. */
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
 * Changes whenever the contents change, even if size and modification time are preserved, as by tools that copy and
 * edit metadata: the time of the last status change (ctime) cannot be set.
 */
export function fileStamp({ size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${size}:${mtimeNs}:${ctimeNs}`;
}

/** Why one of many files is skipped. */
export function skipReason(error: unknown): LocalizableText {
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return localizable('Permission denied');
  if (code === 'ENOENT') return localizable('Broken link or deleted file');
  if (code === 'ELOOP') return localizable('Link to itself');
  return verbatim(describeError(error));
}

/** Throws the system error if the file cannot be opened; trying is the only reliable check. */
export async function checkReadable(file: string): Promise<void> {
  const handle = await open(file, 'r');
  await handle.close();
}
