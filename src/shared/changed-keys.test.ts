import { expect, it } from 'vitest';
import { changedKeys } from './changed-keys';

const change = (set: Parameters<typeof changedKeys>[1]['set']) => ({ title: '', set });

it('has the values before and after of each key', () => {
  const config = {
    optimiser: { generatorLearningRate: 0.0002, discriminatorLearningRate: 0.0002 },
    regularisers: [],
    objective: { name: 'minimax', labelSmoothing: 0 },
    ema: false,
  };
  expect(changedKeys(config, change({ 'optimiser.generatorLearningRate': 0.00005 }))).toEqual([
    { key: 'optimiser.generatorLearningRate', before: '0.0002', after: '0.00005' },
  ]);
  expect(changedKeys(config, change({ regularisers: [{ name: 'r1', weight: 0.5 }] }))).toEqual([
    { key: 'regularisers', before: '[]', after: 'r1 (weight 0.5)' },
  ]);
  expect(changedKeys(config, change({ objective: { name: 'minimax', labelSmoothing: 0.1 } }))).toEqual([
    { key: 'objective.labelSmoothing', before: '0', after: '0.1' },
  ]);
  expect(changedKeys(config, change({ ema: { decay: 0.995, rampUp: 10 } }))).toEqual([
    { key: 'ema', before: 'false', after: 'decay 0.995, rampUp 10' },
  ]);
  expect(changedKeys(undefined, change({ criticSteps: 2 }))).toEqual([
    { key: 'criticSteps', before: '–', after: '2' },
  ]);
});
