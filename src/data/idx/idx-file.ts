/**
 * The IDX format of the MNIST files: two zero bytes, a type, the number of dimensions, each extent as a big-endian
 * 32-bit number, then the values. Only unsigned bytes (type 8) are images or labels.
 */
import { DataError } from '../data-error';
import type { PackedBytes } from '../packed/bytes';
import { openBytes } from '../packed/bytes';
import { decodedFile } from '../packed/cache';

export interface IdxFile {
  readonly bytes: PackedBytes;
  /** Where the values begin. */
  readonly headerBytes: number;
  readonly extents: readonly number[];
}

const UNSIGNED_BYTE = 8;
const GET_AGAIN = 'The file is damaged or not in IDX format; get it again, or name another.';

/** @param file the name that messages use; `dimensions` 3 for images and 1 for labels */
export async function openIdxFile(file: string, dimensions: 1 | 3): Promise<IdxFile> {
  const bytes = await openBytes(await decodedFile(file));
  try {
    return { bytes, ...(await readHeader(file, bytes, dimensions)) };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function readHeader(
  file: string,
  bytes: PackedBytes,
  dimensions: number,
): Promise<{ headerBytes: number; extents: number[] }> {
  const headerBytes = 4 + 4 * dimensions;
  if (bytes.size < headerBytes)
    throw new DataError(
      `${file} ends at byte ${bytes.size}, inside its header of ${headerBytes} bytes.`,
      GET_AGAIN,
    );
  const header = new Uint8Array(headerBytes);
  await bytes.read(header, 0);
  const expected = [0, 0, UNSIGNED_BYTE, dimensions];
  const wrong = expected.findIndex((value, i) => header[i] !== value);
  if (wrong !== -1) {
    const found = hex(header.subarray(0, 4));
    throw new DataError(
      `${file} begins with the bytes ${found}; an IDX file of ${dimensions === 3 ? 'images' : 'labels'} begins with ${hex(Uint8Array.from(expected))} (byte ${wrong} differs).`,
      dimensions === 3 && header[3] === 1
        ? 'This looks like a file of labels: put it under "labels".'
        : dimensions === 1 && header[3] === 3
          ? 'This looks like a file of images: put it under "images".'
          : GET_AGAIN,
    );
  }
  const view = new DataView(header.buffer);
  const extents = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = headerBytes + extents.reduce((product, extent) => product * extent, 1);
  if (extents[0] === 0) throw new DataError(`${file} holds no examples.`, 'Name a file that has some.');
  if (extents.includes(0))
    throw new DataError(`${file} holds images of ${extents.slice(1).join('×')} pixels.`, GET_AGAIN);
  if (bytes.size !== size)
    throw new DataError(
      bytes.size < size
        ? `${file} ends at byte ${bytes.size}; its header (${extents.join(' × ')}) promises ${size} bytes, so it is cut off in example ${exampleAt(bytes.size, headerBytes, extents)}.`
        : `${file} has ${bytes.size} bytes; its header (${extents.join(' × ')}) accounts for ${size}.`,
      GET_AGAIN,
    );
  return { headerBytes, extents };
}

function exampleAt(byte: number, headerBytes: number, extents: readonly number[]): number {
  const width = extents.slice(1).reduce((product, extent) => product * extent, 1);
  return Math.floor((byte - headerBytes) / width);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
