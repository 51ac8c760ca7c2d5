import { expect, it } from 'vitest';
import { configOf } from '../../test/support/experiment-training';
import { formatText } from '../shared/localizable-text';
import { scheduleNotices } from './schedule-notices';

const noticesOf = (experiment: object, totalSteps: number): readonly string[] =>
  scheduleNotices(
    configOf({ data: { source: 'points2d' }, length: { steps: 6 }, ...experiment }),
    totalSteps,
  ).map((notice) => formatText(notice));

it('says which values another length changes', () => {
  const experiment = {
    schedule: 'cosine',
    regularisers: [{ name: 'r1', weight: { from: 1, to: 0.1 } }],
    optimiser: { beta2: { from: 0.9, to: 0.99 } },
    ema: { decay: { halfLife: { from: 0, to: 5 } } },
  };
  expect(noticesOf(experiment, 4)).toEqual([
    'The "cosine" schedule now ends at step 6 instead of 4, so the learning rates differ from here on.',
    'Ramps now follow a run of 6 steps instead of 4, so these values differ from here on: r1Weight, adamBeta2, emaDecay.',
  ]);
  expect(noticesOf(experiment, 6)).toEqual([]);
});

it('says nothing where no value depends on the length', () => {
  expect(noticesOf({ regularisers: ['r1'] }, 4)).toEqual([]);
});
