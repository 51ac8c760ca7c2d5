import { expect, it } from 'vitest';
import { float32 } from '../shared/host-tensor';
import { encodeHdf5 } from './hdf5';

const arrays = {
  'layers/dense/vars/0': float32([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)),
  'layers/dense/vars/1': float32([3], Float32Array.of(7, 8, 9)),
  'layers/conv2d/vars/0': float32([1], Float32Array.of(10)),
};

it('places each array and group where the file says that it is', () => {
  const file = encodeHdf5(arrays);
  expect(file.subarray(1, 4).toString()).toBe('HDF');
  expect(Number(file.readBigUInt64LE(40))).toBe(file.length);
  const members = (header: number): Map<string, number> => {
    const at = (offset: number): number => Number(file.readBigUInt64LE(offset));
    const [tree, heap] = [at(header + 24), at(header + 32)];
    expect(file.subarray(tree, tree + 4).toString()).toBe('TREE');
    expect(file.subarray(heap, heap + 4).toString()).toBe('HEAP');
    const [table, names] = [at(tree + 32), at(heap + 24)];
    const count = file.readUInt16LE(table + 6);
    return new Map(
      Array.from({ length: count }, (_, i) => {
        const name = names + at(table + 8 + 40 * i);
        return [file.subarray(name, file.indexOf(0, name)).toString(), at(table + 16 + 40 * i)];
      }),
    );
  };
  const found = (path: string): number =>
    path
      .split('/')
      .reduce((header, name) => members(header).get(name) ?? -1, Number(file.readBigUInt64LE(64)));
  expect([...members(found('layers')).keys()]).toEqual(['conv2d', 'dense']);
  for (const [path, { shape, data }] of Object.entries(arrays)) {
    const header = found(path);
    const rank = file[header + 25] ?? 0;
    const extents = Array.from({ length: rank }, (_, i) => Number(file.readBigUInt64LE(header + 32 + 8 * i)));
    expect(extents).toEqual(shape);
    // After the messages of the shape, the type (24 bytes) and the fill value (8 bytes).
    const layout = header + 16 + (16 + 8 * rank) + (8 + 24) + (8 + 8) + 8;
    const address = Number(file.readBigUInt64LE(layout + 2));
    const values = Array.from(data, (_, i) => file.readFloatLE(address + 4 * i));
    expect(values).toEqual(Array.from(data));
  }
});

it('writes the same bytes for the same arrays', () => {
  expect(encodeHdf5(arrays).equals(encodeHdf5({ ...arrays }))).toBe(true);
});
