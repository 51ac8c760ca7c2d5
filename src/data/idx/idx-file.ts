/**
 * The IDX format of the MNIST files: two zero bytes, a type, the number of dimensions, each extent as a big-endian
 * 32-bit number, then the values. Images and labels must be unsigned bytes (type 8).
 */
import { sizeOf } from '../../shared/host-tensor';
import { anyOf, type LocalizableText, localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import type { PackedBytes } from '../packed/bytes';
import { openDecoded } from '../packed/cache';

export type IdxContent = 'images' | 'labels';

export interface IdxFile {
  readonly bytes: PackedBytes;
  /** Byte offset of the values. */
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
const GET_AGAIN = localizable(
  'The file is damaged or not in IDX format. Download it again, or choose another file.',
);
const CONTENT_NAMES: Readonly<Record<IdxContent, LocalizableText>> = {
  images: localizable('images'),
  labels: localizable('labels'),
};

/** Opens a file and checks its size against the header. Throws `DataError` with the file and the byte or image. */
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
      bytes.size === 0
        ? localizable('{0} is empty.', file)
        : localizable('{0} ends at byte {1}, inside its header.', file, bytes.size),
      GET_AGAIN,
    );
  const header = Buffer.alloc(length);
  await bytes.read(header, 0);
  return header;
}

/** Returns the number of dimensions. */
async function readMagic(file: string, bytes: PackedBytes, content: IdxContent): Promise<number> {
  const magic = await readHeader(file, bytes, 4);
  const [first, second, type = 0, dimensions = 0] = magic;
  if (first !== 0 || second !== 0 || (type !== UNSIGNED_BYTE && !OTHER_TYPES.has(type)))
    throw new DataError(
      localizable(
        '{0} begins with the bytes {1}; an IDX file of {2} begins with {3}.',
        file,
        hex(magic),
        CONTENT_NAMES[content],
        anyOf(DIMENSIONS[content].map((rank) => `00 00 08 0${rank}`)),
      ),
      GET_AGAIN,
    );
  if (type !== UNSIGNED_BYTE)
    throw new DataError(
      localizable(
        '{0} begins with the bytes {1}: byte 2 means {2}, but {3} must be unsigned bytes.',
        file,
        hex(magic),
        OTHER_TYPES.get(type) ?? '',
        CONTENT_NAMES[content],
      ),
      localizable('Convert the file to IDX with unsigned bytes.'),
    );
  if (!DIMENSIONS[content].includes(dimensions)) {
    const other = content === 'images' ? 'labels' : 'images';
    throw new DataError(
      localizable(
        '{0} begins with the bytes {1}: byte 3 means {2} dimensions, but {3} have {4}.',
        file,
        hex(magic),
        dimensions,
        CONTENT_NAMES[content],
        anyOf(DIMENSIONS[content]),
      ),
      DIMENSIONS[other].includes(dimensions)
        ? localizable(
            'This looks like a file of {0}: set it as "{1}" or "{2}".',
            CONTENT_NAMES[other],
            other,
            other === 'images' ? 'testImages' : 'testLabels',
          )
        : GET_AGAIN,
    );
  }
  return dimensions;
}

function checkExtents(file: string, size: number, headerBytes: number, extents: readonly number[]): void {
  const [count = 0, ...example] = extents;
  if (count === 0)
    throw new DataError(
      localizable('{0} has no examples: bytes 4 to 7 of its header are 0.', file),
      localizable('Choose a file with examples.'),
    );
  if (example.includes(0))
    throw new DataError(
      localizable('{0} has images of {1} pixels (from byte 8).', file, example.join('×')),
      GET_AGAIN,
    );
  const exampleBytes = sizeOf(example);
  const promised = headerBytes + count * exampleBytes;
  if (size < promised)
    throw new DataError(
      localizable(
        '{0} ends at byte {1}, but its header ({2}) requires {3} bytes: it is truncated in example {4} (counting from 0).',
        file,
        size,
        extents.join(' × '),
        promised,
        Math.floor((size - headerBytes) / exampleBytes),
      ),
      GET_AGAIN,
    );
  if (size > promised)
    throw new DataError(
      localizable(
        '{0} has {1} bytes, but its header ({2}) requires {3}.',
        file,
        size,
        extents.join(' × '),
        promised,
      ),
      GET_AGAIN,
    );
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
