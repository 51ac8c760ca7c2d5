/**
 * Writes NumPy arrays (NEP 1), and `.npz` archives of them, from values that arrive piece by piece: an array may be
 * larger than memory.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { sizeOf } from '../shared/host-tensor';
import { EARLIEST } from './zip';

const BYTES = { u1: 1, f4: 4, i8: 8 } as const;

export interface WrittenArray {
  readonly kind: keyof typeof BYTES;
  readonly shape: readonly number[];
  /** Row-major values, little-endian. */
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Magic, version, and the length of the header. */
const PREFIX_BYTES = 10;
/** To which the values are aligned. */
const ALIGNMENT = 64;

function headerOf({ kind, shape }: WrittenArray): Buffer {
  const order = kind === 'u1' ? '|' : '<';
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${order}${kind}', 'fortran_order': False, 'shape': (${extents}), }`;
  const total = Math.ceil((PREFIX_BYTES + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = Buffer.alloc(total, ' ', 'latin1');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(total - PREFIX_BYTES, 8);
  header.write(dictionary, PREFIX_BYTES, 'latin1');
  header.write('\n', total - 1, 'latin1');
  return header;
}

/** The bytes of a `.npy` file. */
export async function* npyBytes(array: WrittenArray): AsyncGenerator<Uint8Array> {
  yield headerOf(array);
  yield* array.chunks;
}

/** Writes a `.npz`; its members are stored, not compressed, as `numpy.savez` does. */
export async function writeNpz(path: string, arrays: Readonly<Record<string, WrittenArray>>): Promise<void> {
  const zip = new ZipFile();
  const failing = new AbortController();
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure ??= error;
    failing.abort();
  };
  zip.on('error', fail);
  const sources = Object.entries(arrays).map(([name, array]) => {
    const size = headerOf(array).length + sizeOf(array.shape) * BYTES[array.kind];
    const source = Readable.from(npyBytes(array), { objectMode: false });
    // The library does not listen, and would wait for the rest of the source.
    source.on('error', fail);
    zip.addReadStream(source, `${name}.npy`, { size, compress: false, mtime: EARLIEST });
    return source;
  });
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(path), { signal: failing.signal });
  } catch (error) {
    throw failure ?? error;
  } finally {
    for (const source of sources) source.destroy();
  }
}
