import { expect, it } from 'vitest';
import { Random } from '../random/random';
import { nearGroups } from './near-duplicates';

const never = new AbortController().signal;
const random = Random.seeded(0, 'near duplicates');
/** Grey thumbnails of equal brightness: half of the areas are bright and half dark, in random order. */
const patterns = Array.from({ length: 300 }, () => {
  const order = random.permutation(16);
  return Uint8Array.from({ length: 256 }, (_, i) => {
    const quarter = 4 * (i >> 6) + ((i % 16) >> 2);
    return (order[quarter] ?? 0) < 8 ? 40 : 200;
  });
});
const copy = Uint8Array.from(patterns[299] ?? [], (value, i) => value + (i % 2));
const thumbnails = [...patterns, copy];

it('compares few of those that are equally bright', async () => {
  // Enough work to rule out pairs, but far too little to compare each.
  const { groups, searched } = await nearGroups(thumbnails, 1, new Set(), never, 100_000);
  expect(searched).toBe(301);
  expect(groups).toContainEqual([299, 300]);
});

it('rules out no pair that is near, whatever the images', async () => {
  const noise = Array.from({ length: 40 }, () => Uint8Array.from({ length: 243 }, () => random.below(256)));
  const near = noise.map((thumbnail) =>
    Uint8Array.from(thumbnail, (value) => Math.max(0, value - random.below(7))),
  );
  const { groups } = await nearGroups([...noise, ...near], 3, new Set(), never);
  const byHand = noise.flatMap((thumbnail, i) => {
    const difference = thumbnail.reduce((sum, value, at) => sum + value - (near[i]?.[at] ?? 0), 0);
    return difference <= 3 * 243 ? [[i, 40 + i]] : [];
  });
  expect(byHand.length).toBeGreaterThan(5);
  expect(groups.map((group) => group.toSorted((a, b) => a - b))).toEqual(expect.arrayContaining(byHand));
  expect(groups).toHaveLength(byHand.length);
});

it('says how far it has come where it would take too long', async () => {
  const alike = Array.from({ length: 200 }, () => new Uint8Array(256));
  const { searched } = await nearGroups(alike, 1, new Set(), never, 10_000);
  expect(searched).toBeGreaterThan(0);
  expect(searched).toBeLessThan(10);
});

it('looks at none of those that are omitted, and ends when it is told to', async () => {
  const { groups } = await nearGroups(thumbnails, 1, new Set([300]), never);
  expect(groups.flat()).not.toContain(300);
  const abort = new AbortController();
  abort.abort(new Error('enough'));
  await expect(nearGroups(thumbnails, 1, new Set(), abort.signal)).rejects.toThrow('enough');
});
