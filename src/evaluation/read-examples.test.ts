import { expect, it } from 'vitest';
import type { Examples } from '../data/source';
import { float32 } from '../shared/host-tensor';
import { pickExamples, readAll } from './read-examples';

/** Ten classes in order, as when folders are imported. */
const sorted: Examples = {
  count: 1000,
  shape: { kind: 'points', dimensions: 1 },
  classes: 10,
  async read(indices, target, labels) {
    target.set(indices);
    labels?.set(indices.map((index) => Math.floor(index / 100)));
  },
  close: async () => undefined,
};

it('reads as many of every class, also where they do not fit into one read', async () => {
  const { examples, labels } = await readAll(sorted, 400);
  expect(examples.shape).toEqual([400, 1]);
  for (let c = 0; c < 10; c++) expect(labels?.filter((label) => label === c)).toHaveLength(40);
});

it('reads all in their order where there are no more', async () => {
  const { examples } = await readAll(sorted, 2000);
  expect([...examples.data]).toEqual(Array.from({ length: 1000 }, (_, i) => i));
});

it('picks rows', () => {
  const rows = float32([3, 2], Float32Array.of(0, 1, 2, 3, 4, 5));
  expect(pickExamples(rows, [2, 0])).toEqual(float32([2, 2], Float32Array.of(4, 5, 0, 1)));
});
