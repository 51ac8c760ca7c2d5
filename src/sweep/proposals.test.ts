import { expect, it } from 'vitest';
import { proposedTrial } from './proposals';
import type { SweepPlan } from './sweep-format';
import { sweepSchema } from './sweep-schema';

function planWith(search: string, seed = 0): SweepPlan {
  return {
    schemaVersion: 1,
    name: 'toy',
    sweepFile: '/toy.gan-sweep.json',
    experimentFile: '/toy.gan.json',
    experimentText: '{}',
    sweep: sweepSchema.parse({
      experiment: 'toy.gan.json',
      parameters: { 'optimiser.beta1': { from: 0, to: 1 }, 'data.batchSize': [16, 32] },
      objective: 'fid',
      search: search === 'tpe' ? { name: 'tpe', startupTrials: 2 } : search,
      seed,
    }),
    trials: 16,
    seeds: [0],
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

const valuesOf = (plan: SweepPlan, trial: number, past = [{ point: [0.2, 0.7], loss: 1 }]) =>
  proposedTrial(plan, trial, past).values;

it('proposes the same values again, and others for another trial or seed', () => {
  for (const search of ['random', 'tpe']) {
    const first = valuesOf(planWith(search), 3);
    expect(valuesOf(planWith(search), 3)).toEqual(first);
    expect(valuesOf(planWith(search), 4)).not.toEqual(first);
    expect(valuesOf(planWith(search, 1), 3)).not.toEqual(first);
  }
});

it('tries every combination of a grid once, the last parameter changing fastest', () => {
  const plan = planWith('grid');
  expect([1, 2, 3, 4, 5, 6].map((trial) => Object.values(valuesOf(plan, trial)))).toEqual([
    [0, 16],
    [0, 32],
    [0.5, 16],
    [0.5, 32],
    [1, 16],
    [1, 32],
  ]);
});

it('learns from earlier trials only where the search does', () => {
  const past = Array.from({ length: 12 }, (_, index) => ({
    point: [index / 12, 0.1],
    loss: Math.abs(index - 6),
  }));
  expect(valuesOf(planWith('random'), 13, past)).toEqual(valuesOf(planWith('random'), 13));
  expect(valuesOf(planWith('tpe'), 13, past)).not.toEqual(valuesOf(planWith('tpe'), 13));
});
