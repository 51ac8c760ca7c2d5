import { expect, it } from 'vitest';
import { flatten } from './config-rows';

it('writes every value with its path', () => {
  const config = {
    steps: 5,
    kernel: [5, 5],
    adam: { beta1: 0.5 },
    regularisers: [{ name: 'r1', weight: 0.1 }],
  };
  expect(flatten(config, '')).toEqual([
    ['steps', '5'],
    ['kernel', '[5,5]'],
    ['adam.beta1', '0.5'],
    ['regularisers[0].name', 'r1'],
    ['regularisers[0].weight', '0.1'],
  ]);
});

it('keeps what is empty', () => {
  expect(flatten({ layers: [], options: {} }, '')).toEqual([
    ['layers', '[]'],
    ['options', '{}'],
  ]);
});
