/** Random access to the bytes of a packed file: held in memory where it is small, read in place where it is not. */
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

export interface PackedBytes {
  readonly size: number;
  /** Fills `target` with the bytes from `offset` on; the caller stays inside `size`. */
  read(target: Uint8Array, offset: number): Promise<void>;
  close(): Promise<void>;
}

/** Files up to this size are kept in memory: reading 64 images one by one costs more than a small network's step. */
const IN_MEMORY_BYTES = 64 * 1024 * 1024;

export async function openBytes(file: string, inMemoryBytes = IN_MEMORY_BYTES): Promise<PackedBytes> {
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  if (size > inMemoryBytes) return onDisk(handle, size);
  try {
    const bytes = new Uint8Array(await handle.readFile());
    return {
      size: bytes.length,
      async read(target, offset) {
        target.set(bytes.subarray(offset, offset + target.length));
      },
      async close() {},
    };
  } finally {
    await handle.close();
  }
}

function onDisk(handle: FileHandle, size: number): PackedBytes {
  return {
    size,
    async read(target, offset) {
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
        if (bytesRead === 0) throw new RangeError(`the file ended at byte ${offset + done}`);
        done += bytesRead;
      }
    },
    close: () => handle.close(),
  };
}
