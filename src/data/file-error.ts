/** Turns what the system says about a person's file into an error that they can act on. */
import { open, stat } from 'node:fs/promises';
import { describeError } from '../shared/errors';
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
      `${file} does not exist.`,
      'Correct the path; a relative one is relative to the experiment file.',
      { cause: error },
    );
  return new DataError(
    `${file} cannot be read: ${describeError(error)}.`,
    'See to it that the file can be read by you.',
    { cause: error },
  );
}

/** Size, and the time of the last change in nanoseconds. Throws `DataError` unless it is a regular file. */
export async function statFile(file: string): Promise<{ size: bigint; mtimeNs: bigint }> {
  const info = await stat(file, { bigint: true }).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (info.isDirectory()) throw new DataError(`${file} is a folder, not a file.`, 'Name the file inside it.');
  if (!info.isFile()) throw new DataError(`${file} is not a regular file.`, 'Copy the data to a file.');
  return info;
}

/** Why a file among many is skipped; completes "it was skipped: it …". */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by you';
  if (code === 'ENOENT') return 'is a link that leads nowhere, or has gone';
  if (code === 'ELOOP') return 'is a link that leads to itself';
  return describeError(error);
}

/** Throws what the system says where the file cannot be opened, which is the one sure way to ask. */
export async function checkReadable(file: string): Promise<void> {
  const handle = await open(file, 'r');
  await handle.close();
}
