/** Cache entries of scoring: files of tensors, computed again where they are missing or damaged. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HostTensors } from '../../shared/host-tensor';
import { createFolder, writeFileDurably } from '../../storage/durable-file';
import { decodeSafetensors, encodeSafetensors } from '../../storage/safetensors';
import { errorCode } from '../../storage/storage-error';

type Decoded = ReturnType<typeof decodeSafetensors>;

/** Returns what `parse` makes of an entry; undefined if there is none or it is damaged. Propagates read errors. */
export async function readEntry<Entry>(
  file: string,
  parse: (content: Decoded) => Entry | undefined,
): Promise<Entry | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return parse(decodeSafetensors(bytes, file));
  } catch {
    return undefined;
  }
}

/** Throws `StorageError`. */
export async function writeEntry(
  file: string,
  tensors: HostTensors,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await createFolder(dirname(file));
  await writeFileDurably(file, ...encodeSafetensors(tensors, metadata));
}
