import { expect, it } from 'vitest';
import { divide } from './divide';
import type { Examples } from './source';
import { splitIndices } from './split';

function counting(count: number, closed: () => void): Examples {
  return {
    count,
    shape: { kind: 'points', dimensions: 1 },
    classes: 0,
    read: async (indices, target) => target.set(indices),
    close: async () => closed(),
  };
}

it('gives each part its own examples, all of them in one of the two', async () => {
  const { train, heldOut } = divide(
    counting(10, () => {}),
    splitIndices(10, 0.3),
  );
  expect([train.count, heldOut.count]).toEqual([7, 3]);
  const values = new Float32Array(10);
  await train.read(Uint32Array.of(0, 1, 2, 3, 4, 5, 6), values);
  await heldOut.read(Uint32Array.of(0, 1, 2), values.subarray(7));
  expect(Array.from(values).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('refuses an index beyond the part', async () => {
  const { heldOut } = divide(
    counting(10, () => {}),
    splitIndices(10, 0.3),
  );
  await expect(heldOut.read(Uint32Array.of(3), new Float32Array(1))).rejects.toThrow('no example 3 among 3');
});

it('closes the body with the second part, once', async () => {
  let closed = 0;
  const { train, heldOut } = divide(
    counting(4, () => closed++),
    splitIndices(4, 0.5),
  );
  await train.close();
  await train.close();
  expect(closed).toBe(0);
  await heldOut.close();
  await heldOut.close();
  expect(closed).toBe(1);
});

it('puts at least one example on either side, and always the same ones', () => {
  expect(splitIndices(2, 0.001).heldOut).toHaveLength(1);
  expect(splitIndices(2, 0.9).train).toHaveLength(1);
  expect(splitIndices(50, 0.2)).toEqual(splitIndices(50, 0.2));
});
