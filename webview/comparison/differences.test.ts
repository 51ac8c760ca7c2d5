import { expect, it } from 'vitest';
import { differences } from './differences';

it('names what differs, and what only some have', () => {
  const a = { model: 'dcgan', data: { batchSize: 64, flip: true }, regularisers: [] };
  const b = {
    model: 'dcgan',
    data: { batchSize: 32, flip: true },
    regularisers: [{ name: 'r1', weight: 1 }],
  };
  expect(differences([a, b, a])).toEqual([
    { path: 'data.batchSize', values: ['64', '32', '64'] },
    { path: 'regularisers', values: ['[]', undefined, '[]'] },
    { path: 'regularisers[0].name', values: [undefined, 'r1', undefined] },
    { path: 'regularisers[0].weight', values: [undefined, '1', undefined] },
  ]);
  expect(differences([a, a])).toEqual([]);
});
