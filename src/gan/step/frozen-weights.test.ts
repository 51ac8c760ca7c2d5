import { describe, expect, it } from 'vitest';
import { configOf, taskOf } from '../../../test/support/experiment-training';
import { images, points } from '../../../test/support/tiny-experiments';
import type { LeafDeclaration } from '../../nn/parameters';
import { frozenWeights } from './frozen-weights';

const initialiser = { name: 'none', fill: () => undefined };
const leaf = (name: string, trained = true): LeafDeclaration => ({ name, shape: [1], initialiser, trained });
const leaves = [
  leaf('generator/block1/conv1/kernel'),
  leaf('generator/block1/norm/gamma'),
  leaf('generator/block1/norm/mean', false),
  leaf('generator/block10/conv1/kernel'),
  leaf('generator/toImage/kernel'),
];

describe('frozen layers', () => {
  it('cover the weights inside them, without running statistics or layers of a similar name', () => {
    expect([...frozenWeights('generator', leaves, ['block1'])]).toEqual([
      'generator/block1/conv1/kernel',
      'generator/block1/norm/gamma',
    ]);
    expect([...frozenWeights('generator', leaves, ['block1/conv1', 'toImage'])]).toEqual([
      'generator/block1/conv1/kernel',
      'generator/toImage/kernel',
    ]);
    expect([...frozenWeights('generator', leaves, [])]).toEqual([]);
  });

  it('are refused where they do not exist, with the layers that do', () => {
    expect(() => frozenWeights('generator', leaves, ['block'])).toThrow(
      expect.objectContaining({
        message: 'The generator has no layer "block" to freeze.',
        remedy: 'Its layers are block1, block10, toImage.',
      }),
    );
    const freeze = { discriminator: ['down3'] };
    expect(() => taskOf(configOf({ ...images, freeze }))).toThrow(
      expect.objectContaining({
        message: 'The discriminator has no layer "down3" to freeze.',
        remedy: 'Its layers are down1, down2, logit.',
      }),
    );
  });

  it('cannot be all of a network', () => {
    const freeze = { generator: ['hidden1', 'output'] };
    expect(() => taskOf(configOf({ ...points, freeze }))).toThrow(
      'All layers of the generator are frozen, so there is nothing to train.',
    );
  });
});
