import { expect, it } from 'vitest';
import type { Examples } from './source';
import { spreadDataset, spreadExamples, spreadIndices } from './spread';

/** Points whose coordinate is their index, sorted into `classes` classes. */
function sorted(count: number, classes: number): Examples {
  return {
    count,
    shape: { kind: 'points', dimensions: 1 },
    classes,
    async read(indices, target, labels) {
      target.set(indices);
      labels?.set(indices.map((index) => Math.floor((index * classes) / count)));
    },
    close: async () => undefined,
  };
}

it('takes places from all over, and all where there are no more', () => {
  expect([...spreadIndices(10, 4)]).toEqual([0, 2, 5, 7]);
  expect([...spreadIndices(3, 5)]).toEqual([0, 1, 2]);
  expect([...spreadIndices(0, 5)]).toEqual([]);
});

it('reads as many of each class, where they stand class by class', async () => {
  const part = spreadExamples(sorted(100, 10), 20);
  const values = new Float32Array(20);
  const labels = new Int32Array(20);
  await part.read(
    Uint32Array.from({ length: 20 }, (_, i) => i),
    values,
    labels,
  );
  expect(part.count).toBe(20);
  expect([...labels]).toEqual(Array.from({ length: 20 }, (_, i) => Math.floor(i / 2)));
  expect([...values].slice(0, 3)).toEqual([0, 5, 10]);
});

it('leaves a part that is small enough as it is', () => {
  const [few, many] = [sorted(5, 1), sorted(50, 1)];
  const part = spreadDataset({ train: many, heldOut: few, fingerprint: 'a' }, 10);
  expect(part.heldOut).toBe(few);
  expect(part).toMatchObject({ train: { count: 10 }, fingerprint: 'a' });
});
