/** The file format of NumPy arrays (NEP 1): a magic, a version, a Python dictionary in text, then the values. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { unzipSync } from 'fflate';
import { describeError } from '../../shared/errors';
import { sizeOf } from '../../shared/host-tensor';
import { DataError } from '../data-error';
import { unreadable } from '../file-error';

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly kind: 'u1' | 'i1' | 'u2' | 'i2' | 'u4' | 'i4' | 'i8' | 'f4' | 'f8' | 'b1';
  /** Row-major. */
  at(index: number): number;
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

const GET_AGAIN = 'Save it again with numpy.save or numpy.savez.';

/** @param file for messages. Throws `DataError`. */
export function parseNpy(bytes: Uint8Array, file: string): NumpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== '\x93NUMPY')
    throw new DataError(`${file} does not begin as a NumPy array does.`, GET_AGAIN);
  const [lengthBytes, length] = bytes[6] === 1 ? [2, view.getUint16(8, true)] : [4, view.getUint32(8, true)];
  const start = 8 + lengthBytes + length;
  const header = Buffer.from(bytes.subarray(8 + lengthBytes, start)).toString('latin1');
  const type = /'descr':\s*'([<|=>])([a-z]\d+)'/.exec(header);
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  const kind = kindOf(type?.[2]);
  if (kind === undefined || shapeText === undefined || type?.[1] === '>')
    throw new DataError(
      `${file} holds values that are not read here (header: ${header.trim().slice(0, 120)}).`,
      'Convert it to uint8 or float32, little-endian.',
    );
  if (/'fortran_order':\s*True/.test(header))
    throw new DataError(`${file} is in Fortran order.`, 'Save numpy.ascontiguousarray of it.');
  const shape = shapeText
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const { bytes: width, read } = KINDS[kind];
  if (bytes.length - start !== sizeOf(shape) * width)
    throw new DataError(
      `${file} has ${bytes.length - start} bytes of values; its header promises ${sizeOf(shape) * width}.`,
      GET_AGAIN,
    );
  return { shape, kind, at: (index) => read(view, start + index * width) };
}

function kindOf(text: string | undefined): keyof typeof KINDS | undefined {
  return (['u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'i8', 'f4', 'f8', 'b1'] as const).find(
    (kind) => kind === text,
  );
}

/** The arrays of a `.npz`, or the one of a `.npy` under the empty name. The file is read whole. Throws `DataError`. */
export async function readNumpy(file: string): Promise<ReadonlyMap<string, NumpyArray>> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (extname(file).toLowerCase() !== '.npz') return new Map([['', parseNpy(bytes, file)]]);
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(bytes);
  } catch (error) {
    throw new DataError(`${file} cannot be unpacked: ${describeError(error)}.`, GET_AGAIN, { cause: error });
  }
  return new Map(
    Object.entries(members).map(([name, content]) => [
      name.replace(/\.npy$/, ''),
      parseNpy(content, `${file} (${name})`),
    ]),
  );
}
