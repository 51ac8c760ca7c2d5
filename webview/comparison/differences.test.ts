import { expect, it } from 'vitest';
import { differences } from './differences';

const rowsOf = (...configs: readonly unknown[]) =>
  differences(configs).map(({ path, values }) => [path, ...values]);

it('names what differs', () => {
  const a = { model: 'dcgan', data: { batchSize: 64, flip: true } };
  const b = { model: 'dcgan', data: { batchSize: 32, flip: true } };
  expect(rowsOf(a, b, a)).toEqual([['data.batchSize', '64', '32', '64']]);
  expect(rowsOf(a, a)).toEqual([]);
});

it('begins with what decides the training', () => {
  const a = { length: { steps: 10 }, engine: { threads: 1 }, seed: 1, objective: { name: 'hinge' } };
  const b = { length: { steps: 20 }, engine: { threads: 2 }, seed: 2, objective: { name: 'minimax' } };
  expect(rowsOf(a, b).map(([path]) => path)).toEqual([
    'seed',
    'objective.name',
    'length.steps',
    'engine.threads',
  ]);
});

it('takes a part that only some have as one value', () => {
  const a = { conditioning: false, regularisers: [] };
  const b = {
    conditioning: { name: 'projection', generator: 'batch-norm' },
    regularisers: [
      { name: 'r1', weight: 1 },
      { name: 'instance-noise', deviation: 0.1 },
    ],
  };
  expect(differences([a, b])).toEqual([
    {
      path: 'conditioning',
      values: ['false', 'projection, generator batch-norm'],
      words: ['false', 'projection'],
    },
    {
      path: 'regularisers',
      values: ['[]', 'r1, instance-noise, weight 1, deviation 0.1'],
      words: ['[]', 'r1, instance-noise'],
    },
  ]);
});

it('shows the values of a part that all have, and what is missing in some', () => {
  const a = { regularisers: [{ name: 'r1', weight: 1 }] };
  const b = { regularisers: [{ name: 'dragan', weight: 1, deviation: 2 }] };
  expect(rowsOf(a, b)).toEqual([
    ['regularisers[0].name', 'r1', 'dragan'],
    ['regularisers[0].deviation', undefined, '2'],
  ]);
});
