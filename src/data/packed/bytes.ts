/** Random access to the bytes of a packed file: small files are held in memory, large ones read in place. */
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

export interface PackedBytes {
  readonly size: number;
  /** Fills `target` with the bytes from `offset` on; the range must be within `size`. */
  read(target: Uint8Array, offset: number): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Files up to this size are kept in memory: reading 64 images one by one costs more than a small network's step. */
export const IN_MEMORY_BYTES = 64 * 1024 * 1024;

export async function openBytes(file: string, inMemoryBytes = IN_MEMORY_BYTES): Promise<PackedBytes> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > inMemoryBytes) return onDisk(handle, file, size);
    const bytes = new Uint8Array(await handle.readFile());
    await handle.close();
    return inMemory(bytes);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A view of the bytes from `start` on. */
export function bytesFrom(bytes: PackedBytes, start: number): PackedBytes {
  return {
    size: bytes.size - start,
    read: (target, offset) => bytes.read(target, start + offset),
    close: () => bytes.close(),
  };
}

export function inMemory(bytes: Uint8Array): PackedBytes {
  return {
    size: bytes.length,
    async read(target, offset) {
      target.set(bytes.subarray(offset, offset + target.length));
    },
    async close() {},
  };
}

function onDisk(handle: FileHandle, file: string, size: number): PackedBytes {
  return {
    size,
    async read(target, offset) {
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
        if (bytesRead === 0)
          throw new RangeError(`${file} now ends at byte ${offset + done}: it was changed during training.`);
        done += bytesRead;
      }
    },
    close: () => handle.close(),
  };
}
