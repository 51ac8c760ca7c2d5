/**
 * The file format of NumPy arrays (NEP 1): a magic, a version, a Python dictionary as text, then the values. Values are
 * read on demand, so that an array may be larger than memory.
 */
import { extname } from 'node:path';
import { sizeOf } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { unreadable } from '../file-error';
import { openBytes, type PackedBytes } from '../packed/bytes';
import { openMembers, SAVE_AGAIN } from './npz';

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly kind: 'u1' | 'i1' | 'u2' | 'i2' | 'u4' | 'i4' | 'i8' | 'f4' | 'f8' | 'b1';
  /** `count` values starting at index `begin`, row-major. */
  values(begin: number, count: number): Promise<Float64Array>;
}

export interface NumpyFile {
  /** The arrays of a `.npz` by name; for a `.npy`, its array under the empty name. */
  readonly arrays: ReadonlyMap<string, NumpyArray>;
  /** No values can be read after this. */
  close(): Promise<void>;
}

const KINDS = {
  u1: { bytes: 1, read: (view: DataView, at: number) => view.getUint8(at) },
  b1: { bytes: 1, read: (view: DataView, at: number) => view.getUint8(at) },
  i1: { bytes: 1, read: (view: DataView, at: number) => view.getInt8(at) },
  u2: { bytes: 2, read: (view: DataView, at: number) => view.getUint16(at, true) },
  i2: { bytes: 2, read: (view: DataView, at: number) => view.getInt16(at, true) },
  u4: { bytes: 4, read: (view: DataView, at: number) => view.getUint32(at, true) },
  i4: { bytes: 4, read: (view: DataView, at: number) => view.getInt32(at, true) },
  i8: { bytes: 8, read: (view: DataView, at: number) => Number(view.getBigInt64(at, true)) },
  f4: { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) },
  f8: { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) },
} as const;

/** Magic, version and the length of the dictionary, in its longest form. */
const PREFIX_BYTES = 12;
/** Files that are not NumPy arrays may claim any length, whereas dictionaries are short. */
const MAX_HEADER_BYTES = 1 << 20;

/**
 * @param file for messages
 * @param check is awaited before the first values are returned; throws if the data is corrupt
 *
 * Throws `DataError`.
 */
async function openNpy(
  bytes: PackedBytes,
  file: string,
  check: () => Promise<void> = async () => {},
): Promise<NumpyArray> {
  const prefix = await bytesAt(bytes, 0, Math.min(bytes.size, PREFIX_BYTES));
  if (prefix.length < PREFIX_BYTES || prefix.toString('latin1', 0, 6) !== '\x93NUMPY')
    throw new DataError(localizable('{0} does not begin like a NumPy array.', file), SAVE_AGAIN);
  const [lengthBytes, length] = prefix[6] === 1 ? [2, prefix.readUInt16LE(8)] : [4, prefix.readUInt32LE(8)];
  const start = 8 + lengthBytes + length;
  const headerBytes = Math.min(length, MAX_HEADER_BYTES, Math.max(0, bytes.size - 8 - lengthBytes));
  const header = (await bytesAt(bytes, 8 + lengthBytes, headerBytes)).toString('latin1');
  const type = /'descr':\s*'([<|=>])([a-z]\d+)'/.exec(header);
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  const kind = kindOf(type?.[2]);
  if (kind === undefined || shapeText === undefined || type?.[1] === '>')
    throw new DataError(
      localizable('{0} has an unsupported data type (header: {1}).', file, header.trim().slice(0, 120)),
      localizable('Convert it to uint8 or float32, little-endian.'),
    );
  if (/'fortran_order':\s*True/.test(header))
    throw new DataError(
      localizable('{0} is in Fortran order.', file),
      localizable('Save the result of numpy.ascontiguousarray.'),
    );
  const shape = shapeText
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const { bytes: width, read } = KINDS[kind];
  if (bytes.size - start !== sizeOf(shape) * width)
    throw new DataError(
      localizable(
        '{0} has {1} bytes of data, but its header requires {2}.',
        file,
        bytes.size - start,
        sizeOf(shape) * width,
      ),
      SAVE_AGAIN,
    );
  let checked: Promise<void> | undefined;
  return {
    shape,
    kind,
    async values(begin, count) {
      checked ??= check();
      await checked;
      const found = await bytesAt(bytes, start + begin * width, count * width);
      const view = new DataView(found.buffer, found.byteOffset, found.byteLength);
      return Float64Array.from({ length: count }, (_, i) => read(view, i * width));
    },
  };
}

async function bytesAt(bytes: PackedBytes, offset: number, length: number): Promise<Buffer> {
  const target = Buffer.alloc(length);
  await bytes.read(target, offset);
  return target;
}

function kindOf(text: string | undefined): keyof typeof KINDS | undefined {
  return (['u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'i8', 'f4', 'f8', 'b1'] as const).find(
    (kind) => kind === text,
  );
}

/** The caller must close the file. Throws `DataError`. */
export async function openNumpy(file: string): Promise<NumpyFile> {
  const bytes = await openBytes(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const opened = [bytes];
  const close = async (): Promise<void> => {
    for (const one of opened) await one.close();
  };
  try {
    if (extname(file).toLowerCase() !== '.npz')
      return { arrays: new Map([['', await openNpy(bytes, file)]]), close };
    const arrays = new Map<string, NumpyArray>();
    for (const { name, content, check } of await openMembers(bytes, file, opened))
      arrays.set(name.replace(/\.npy$/, ''), await openNpy(content, `${file} (${name})`, check));
    return { arrays, close };
  } catch (error) {
    await close();
    throw error;
  }
}
