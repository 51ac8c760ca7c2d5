import { expect, it } from 'vitest';
import { type Difference, differences } from './differences';
import { type NamedRun, runLabels } from './run-labels';

function labelsOf(runs: readonly NamedRun[], found: readonly Difference[]): readonly string[] {
  return runLabels(runs, found, (key) => `no ${key}`);
}

function labels(...configs: readonly object[]): readonly string[] {
  const runs = configs.map((_, run) => ({ id: `0000${run + 1}-ring`, experiment: 'ring' }));
  return labelsOf(runs, differences(configs));
}

it('names what differs beside the number of the run', () => {
  expect(labels({ objective: { name: 'hinge' } }, { objective: { name: 'minimax' } })).toEqual([
    '00001, hinge',
    '00002, minimax',
  ]);
});

it('names the key of a number, of a switch and of what is missing', () => {
  expect(labels({ data: { batchSize: 64 } }, { data: { batchSize: 8 } })).toEqual([
    '00001, batchSize 64',
    '00002, batchSize 8',
  ]);
  expect(labels({ ema: true }, { ema: false })).toEqual(['00001, ema', '00002, no ema']);
  expect(labels({ regularisers: [] }, { regularisers: [{ name: 'r1', weight: 1 }] })).toEqual([
    '00001, no regularisers',
    '00002, r1',
  ]);
  expect(labels({ conditioning: false }, { conditioning: { name: 'projection', embedding: 8 } })).toEqual([
    '00001, no conditioning',
    '00002, projection',
  ]);
});

it('names two settings where one does not tell all runs apart', () => {
  const hinge = { name: 'hinge' };
  expect(
    labels(
      { objective: hinge, data: { batchSize: 8 } },
      { objective: hinge, data: { batchSize: 16 } },
      { objective: { name: 'minimax' }, data: { batchSize: 8 } },
    ),
  ).toEqual(['00001, hinge, batchSize 8', '00002, hinge, batchSize 16', '00003, minimax, batchSize 8']);
});

it('prefers what decides the training to seeds and lengths', () => {
  const of = (seed: number, name: string) => ({ seed, objective: { name }, length: { steps: seed } });
  expect(labels(of(1, 'hinge'), of(2, 'minimax'))).toEqual(['00001, hinge', '00002, minimax']);
  expect(labels({ seed: 1 }, { seed: 2 })).toEqual(['00001, seed 1', '00002, seed 2']);
});

it('leaves ids alone where nothing differs, and names that somebody gave', () => {
  expect(labels({ seed: 1 }, { seed: 1 })).toEqual(['00001-ring', '00002-ring']);
  const runs = [
    { id: '00001-ring', name: 'First try', experiment: 'ring' },
    { id: '00002-ring', experiment: 'ring' },
  ];
  expect(labelsOf(runs, differences([{ seed: 1 }, { seed: 2 }]))).toEqual(['First try', '00002, seed 2']);
  const more = [...runs, { id: '00003-ring', experiment: 'ring' }];
  const different = differences([{ seed: 1, ema: true }, { seed: 1 }, { seed: 2 }]);
  expect(labelsOf(more, different)).toEqual(['First try', '00002, seed 1', '00003, seed 2']);
});

it('shows whole ids where runs are of several experiments, and what differs within one', () => {
  const runs = [
    { id: '00001-ring', experiment: 'ring' },
    { id: '00001-moons', experiment: 'moons' },
    { id: '00002-moons', experiment: 'moons' },
  ];
  const different = differences([{ ema: true }, { ema: true }, { ema: false }]);
  expect(labelsOf(runs, different)).toEqual(['00001-ring', '00001-moons, ema', '00002-moons, no ema']);
  expect(labelsOf(runs.slice(0, 2), differences([{ ema: true }, { ema: false }]))).toEqual([
    '00001-ring',
    '00001-moons',
  ]);
});

it('says that something is missing in the words it is given', () => {
  const runs = ['00001-ring', '00002-ring'].map((id) => ({ id, experiment: 'ring' }));
  const found = differences([{ ema: true }, { ema: false }]);
  expect(runLabels(runs, found, (key) => `无 ${key}`)).toEqual(['00001, ema', '00002, 无 ema']);
});
