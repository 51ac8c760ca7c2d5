import { expect, it } from 'vitest';
import { sizeOf } from '../shared/host-tensor';
import type { Dataset, Examples } from './source';
import { stack } from './stack';

/** 2×2 images of which every pixel is the index. */
function numbered(count: number, close: () => void = () => undefined): Examples {
  return {
    count,
    shape: { kind: 'image', height: 2, width: 2, channels: 1 },
    classes: 2,
    read: async (indices, target) => {
      indices.forEach((index, i) => {
        target.fill(index, 4 * i, 4 * (i + 1));
      });
    },
    close: async () => close(),
  };
}

const grey = (): Dataset => ({ train: numbered(50), heldOut: numbered(7), fingerprint: 'a' });

async function channelsOf(examples: Examples, indices: readonly number[]): Promise<number[][]> {
  const target = new Float32Array(indices.length * sizeOf([2, 2, 3]));
  await examples.read(Uint32Array.from(indices), target);
  return indices.map((_, i) => [...target.subarray(12 * i, 12 * i + 12)]);
}

it('makes each channel an image of the same part', async () => {
  const { train, heldOut } = stack(grey(), { train: 1000, heldOut: 100 });
  expect([train.count, heldOut.count, train.classes]).toEqual([1000, 100, 0]);
  expect(train.shape).toEqual({ kind: 'image', height: 2, width: 2, channels: 3 });
  const all = await channelsOf(
    heldOut,
    Array.from({ length: 100 }, (_, i) => i),
  );
  for (const image of all) {
    const [red, green, blue] = image;
    expect(image).toEqual([1, 2, 3, 4].flatMap(() => [red, green, blue]));
  }
  expect(new Set(all.flat())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
});

it('stacks the same images each time, wherever they are in a batch, and others for other indices', async () => {
  const { train } = stack(grey(), { train: 1000, heldOut: 100 });
  const [first, second] = await channelsOf(train, [7, 999]);
  expect(await channelsOf(stack(grey(), { train: 1000, heldOut: 100 }).train, [999, 7])).toEqual([
    second,
    first,
  ]);
  expect(first).not.toEqual(second);
});

it('has a fingerprint of its own, and closes what it reads from', async () => {
  const closed: string[] = [];
  const data = {
    ...grey(),
    train: numbered(50, () => closed.push('train')),
    heldOut: numbered(7, () => closed.push('held out')),
  };
  const stacked = stack(data, { train: 1000, heldOut: 100 });
  expect(stacked.fingerprint).not.toBe('a');
  expect(stacked.fingerprint).not.toBe(stack(data, { train: 1001, heldOut: 100 }).fingerprint);
  await stacked.train.close();
  await stacked.heldOut.close();
  expect(closed).toEqual(['train', 'held out']);
});

it('stacks nothing but grey images', () => {
  const colour = { ...numbered(3), shape: { kind: 'image', height: 2, width: 2, channels: 3 } as const };
  expect(() => stack({ train: colour, heldOut: colour }, { train: 10, heldOut: 10 })).toThrow(
    'grey images are needed for stacking, found [2, 2, 3]',
  );
});
