import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Intervention } from '../../../src/shared/run-format';

let grouped: typeof import('./intervention-lines').grouped;
beforeAll(async () => {
  vi.stubGlobal('document', { querySelector: () => null });
  ({ grouped } = await import('./intervention-lines'));
});
afterAll(() => vi.unstubAllGlobals());

const base = { schemaVersion: 1, at: '2026-11-28T10:00:00.000Z' } as const;
const update = (step: number, player: 'generator' | 'discriminator'): Intervention => ({
  ...base,
  step,
  type: 'playerStep',
  player,
});

it('has a line for each change, and one for updates in a row', () => {
  const lines = grouped([
    {
      ...base,
      step: 3,
      type: 'change',
      changes: [
        { key: 'generator.hidden', before: [64], after: [32, 32] },
        { key: 'objective.margin', before: 1 },
      ],
    },
    update(7, 'discriminator'),
    update(7, 'discriminator'),
    update(7, 'generator'),
    update(8, 'generator'),
  ]);
  expect(lines).toEqual([
    { step: 3, text: 'generator.hidden: [64] → [32,32] · objective.margin: 1 → –', times: 1 },
    { step: 7, text: 'Discriminator updated alone', times: 2 },
    { step: 7, text: 'Generator updated alone', times: 1 },
    { step: 8, text: 'Generator updated alone', times: 1 },
  ]);
});
