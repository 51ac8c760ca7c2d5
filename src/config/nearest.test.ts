import { expect, it } from 'vitest';
import { nearestName } from './nearest';

it.each([
  ['optimizer', ['optimiser', 'objective'], 'optimiser'],
  ['DIGITS', ['idx', 'digits'], 'digits'],
  ['r2', ['r1'], 'r1'],
  ['x', ['idx', 'ema'], undefined],
  ['zzz', ['gan', 'mlp'], undefined],
  ['batch', ['latent', 'criticSteps'], undefined],
])('%s', (misspelt, names, nearest) => {
  expect(nearestName(misspelt, names)).toBe(nearest);
});
