/**
 * The IDX format of the MNIST files: two zero bytes, a type, the number of dimensions, each extent as a big-endian
 * 32-bit number, then the values. Only unsigned bytes (type 8) are images or labels.
 */
import { sizeOf } from '../../shared/host-tensor';
import { DataError } from '../data-error';
import type { PackedBytes } from '../packed/bytes';
import { openDecoded } from '../packed/cache';

export type IdxContent = 'images' | 'labels';

export interface IdxFile {
  readonly bytes: PackedBytes;
  /** Where the values begin. */
  readonly headerBytes: number;
  /** Images: `[count, height, width]` or `[count, height, width, channels]`. Labels: `[count]`. */
  readonly extents: readonly number[];
}

const UNSIGNED_BYTE = 8;
const OTHER_TYPES = new Map([
  [9, 'signed bytes'],
  [11, '16-bit integers'],
  [12, '32-bit integers'],
  [13, '32-bit floats'],
  [14, '64-bit floats'],
]);
const DIMENSIONS: Readonly<Record<IdxContent, readonly number[]>> = { images: [3, 4], labels: [1] };
const GET_AGAIN = 'The file is damaged or not in IDX format; get it again, or name another.';

/** Opens a file whose size agrees with its header. Throws `DataError` that names the file and the byte or image. */
export async function openIdxFile(file: string, content: IdxContent): Promise<IdxFile> {
  const bytes = await openDecoded(file);
  try {
    const dimensions = await readMagic(file, bytes, content);
    const headerBytes = 4 + 4 * dimensions;
    const header = await readHeader(file, bytes, headerBytes);
    const extents = Array.from({ length: dimensions }, (_, i) => header.readUInt32BE(4 + 4 * i));
    checkExtents(file, bytes.size, headerBytes, extents);
    return { bytes, headerBytes, extents };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function readHeader(file: string, bytes: PackedBytes, length: number): Promise<Buffer> {
  if (bytes.size < length)
    throw new DataError(
      bytes.size === 0 ? `${file} is empty.` : `${file} ends at byte ${bytes.size}, inside its header.`,
      GET_AGAIN,
    );
  const header = Buffer.alloc(length);
  await bytes.read(header, 0);
  return header;
}

/** Number of dimensions. */
async function readMagic(file: string, bytes: PackedBytes, content: IdxContent): Promise<number> {
  const magic = await readHeader(file, bytes, 4);
  const [first, second, type = 0, dimensions = 0] = magic;
  const begins = `${file} begins with the bytes ${hex(magic)}`;
  if (first !== 0 || second !== 0 || (type !== UNSIGNED_BYTE && !OTHER_TYPES.has(type)))
    throw new DataError(
      `${begins}; an IDX file of ${content} begins with ${DIMENSIONS[content].map((rank) => `00 00 08 0${rank}`).join(' or ')}.`,
      GET_AGAIN,
    );
  if (type !== UNSIGNED_BYTE)
    throw new DataError(
      `${begins}: byte 2 says that it holds ${OTHER_TYPES.get(type)}, and ${content} are unsigned bytes.`,
      'Convert the file to IDX of unsigned bytes.',
    );
  if (!DIMENSIONS[content].includes(dimensions)) {
    const other = content === 'images' ? 'labels' : 'images';
    throw new DataError(
      `${begins}: byte 3 says that it has ${dimensions} dimensions, and ${content} have ${DIMENSIONS[content].join(' or ')}.`,
      DIMENSIONS[other].includes(dimensions)
        ? `This looks like a file of ${other}: put it under "${other}" or "test${other === 'images' ? 'Images' : 'Labels'}".`
        : GET_AGAIN,
    );
  }
  return dimensions;
}

function checkExtents(file: string, size: number, headerBytes: number, extents: readonly number[]): void {
  const [count = 0, ...example] = extents;
  if (count === 0)
    throw new DataError(
      `${file} holds no examples: bytes 4 to 7 of its header are 0.`,
      'Name a file that has some.',
    );
  if (example.includes(0))
    throw new DataError(`${file} holds images of ${example.join('×')} pixels (from byte 8 on).`, GET_AGAIN);
  const exampleBytes = sizeOf(example);
  const promised = headerBytes + count * exampleBytes;
  const header = `its header (${extents.join(' × ')})`;
  if (size < promised)
    throw new DataError(
      `${file} ends at byte ${size}; ${header} promises ${promised} bytes, so it is cut off in example ${Math.floor((size - headerBytes) / exampleBytes)} (the first is 0).`,
      GET_AGAIN,
    );
  if (size > promised)
    throw new DataError(`${file} has ${size} bytes; ${header} accounts for ${promised}.`, GET_AGAIN);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
