import { expect, it } from 'vitest';
import { formatText } from '../../../src/shared/localizable-text';
import { RING_RECORD } from '../../../test/support/run-records';
import { differences, provenanceDifferences } from './differences';

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

it('shows the values of a part that only some have, and not that the others have none', () => {
  const a = { conditioning: false, regularisers: [] };
  const b = {
    conditioning: { name: 'projection', generator: 'batch-norm' },
    regularisers: [
      { name: 'r1', weight: 1 },
      { name: 'instance-noise', deviation: 0.1 },
    ],
  };
  expect(differences([a, b])).toEqual([
    { path: 'conditioning.name', values: [undefined, 'projection'], part: 'conditioning' },
    { path: 'conditioning.generator', values: [undefined, 'batch-norm'], part: 'conditioning' },
    { path: 'regularisers[0].name', values: [undefined, 'r1'], part: 'regularisers' },
    { path: 'regularisers[0].weight', values: [undefined, '1'], part: 'regularisers' },
    { path: 'regularisers[1].name', values: [undefined, 'instance-noise'], part: 'regularisers' },
    { path: 'regularisers[1].deviation', values: [undefined, '0.1'], part: 'regularisers' },
  ]);
});

it('keeps a value that is a part in others', () => {
  expect(rowsOf({ schedule: 'constant' }, { schedule: { name: 'cosine' } })).toEqual([
    ['schedule', 'constant', undefined],
    ['schedule.name', undefined, 'cosine'],
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

it('names differences in code, versions and machine', () => {
  const made = { ...RING_RECORD, git: { commit: 'ab', branch: 'main', changes: 'none' } } as const;
  const later = { ...made, git: { ...made.git, changes: 'uncommitted' } } as const;
  const elsewhere = { ...RING_RECORD, host: { ...RING_RECORD.host, name: 'node7' } };
  expect(provenanceDifferences([made, made], formatText)).toEqual([]);
  expect(provenanceDifferences([made, later, elsewhere], formatText)).toEqual([
    {
      path: 'Git commit',
      values: ['ab on branch main', 'ab on branch main, with uncommitted changes', undefined],
    },
    { path: 'Computer', values: ['h, p, c', 'h, p, c', 'node7, p, c'] },
  ]);
});
