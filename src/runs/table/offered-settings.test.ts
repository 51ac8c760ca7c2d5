import { expect, it } from 'vitest';
import { offeredSettings } from './offered-settings';

it('offers first in what the runs differ', () => {
  const of = (config: Readonly<Record<string, string>>) => new Map(Object.entries(config));
  expect(
    offeredSettings([
      of({ seed: '1', objective: 'hinge', steps: '10' }),
      of({ seed: '2', objective: 'hinge', steps: '10', 'r1.weight': '2' }),
    ]),
  ).toEqual({
    differing: [
      { key: 'seed', values: ['1', '2'] },
      { key: 'r1.weight', values: ['2'] },
    ],
    same: [
      { key: 'objective', values: ['hinge'] },
      { key: 'steps', values: ['10'] },
    ],
  });
});
