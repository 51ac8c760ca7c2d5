import { expect, it } from 'vitest';
import type { Examples } from './source';
import { survey } from './survey';

/** Grey images of 4×4, each given by its 16 bytes, with optional labels. */
function images(rows: readonly (readonly number[])[], labels: readonly number[] = []): Examples {
  return {
    count: rows.length,
    shape: { kind: 'image', height: 4, width: 4, channels: 1 },
    classes: labels.length === 0 ? 0 : 3,
    async read(indices, target, labelTarget) {
      indices.forEach((index, slot) => {
        target.set(
          (rows[index] ?? []).map((value) => value / 127.5 - 1),
          16 * slot,
        );
        if (labelTarget !== undefined) labelTarget[slot] = labels[index] ?? 0;
      });
    },
    async close() {},
  };
}

const flat = (value: number): number[] => Array(16).fill(value);
/** Half dark, half bright: the mean brightness equals that of a uniform grey image. */
const split = [...Array<number>(8).fill(0), ...Array<number>(8).fill(200)];
const never = new AbortController().signal;
const look = (train: Examples, heldOut: Examples) => survey({ train, heldOut }, never, () => undefined);

it('counts classes and measures each channel', async () => {
  const found = await look(images([flat(0), flat(255), flat(255)], [0, 2, 2]), images([flat(0)], [2]));
  expect(found.classCounts).toEqual([1, 0, 3]);
  expect(found.channels).toEqual([{ mean: 0, standardDeviation: 1, least: -1, greatest: 1 }]);
  expect([found.looked, found.total]).toEqual([4, 4]);
});

it('finds what is there twice, exactly and nearly, and what is in both parts', async () => {
  const almost = split.map((value, i) => value + (i === 3 ? 20 : 0));
  const found = await look(images([flat(100), split, flat(10), flat(10)]), images([almost, flat(200)]));
  expect(found.duplicates).toEqual([
    {
      kind: 'exact',
      places: [
        { part: 'train', index: 2 },
        { part: 'train', index: 3 },
      ],
    },
    {
      kind: 'near',
      places: expect.arrayContaining([
        { part: 'train', index: 1 },
        { part: 'heldOut', index: 0 },
      ]),
    },
  ]);
  expect([found.exactGroups, found.nearGroups, found.groupsAcrossParts]).toEqual([1, 1, 1]);
  expect(found.nearSearched).toBe(6);
});

it('looks at some of very many, of both parts, and counts the classes of all', async () => {
  /** The coordinate of each point is its index; the classes are in order. */
  const points = (count: number, label: (index: number) => number): Examples => ({
    count,
    shape: { kind: 'points', dimensions: 1 },
    classes: 3,
    labels: Uint8Array.from({ length: count }, (_, i) => label(i)),
    async read(indices, target) {
      target.set(indices);
    },
    async close() {},
  });
  const train = points(150_000, (i) => (i < 149_999 ? 0 : 1));
  const found = await look(
    train,
    points(50_000, () => 2),
  );
  expect([found.looked, found.total]).toEqual([100_000, 200_000]);
  expect(found.classCounts).toEqual([149_999, 1, 50_000]);
  expect(found.channels[0]).toMatchObject({ least: 0, greatest: 149_998 });
  // Every second held-out point is a duplicate of a training point.
  expect(found.groupsAcrossParts).toBe(25_000);
});

it('ends when it is told to', async () => {
  const abort = new AbortController();
  abort.abort(new Error('enough'));
  await expect(
    survey({ train: images([flat(1)]), heldOut: images([flat(2)]) }, abort.signal, () => undefined),
  ).rejects.toThrow('enough');
});
