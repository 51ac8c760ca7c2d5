import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { numbersIn } from '../../../test/support/numbers';
import { applyNetwork, declareNetwork } from '../../nn/parameters';
import { formatText } from '../../shared/localizable-text';
import { excited, fastganDiscriminator, fastganGenerator } from './fastgan';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const image = (height: number, width: number) => ({ kind: 'image', height, width, channels: 3 }) as const;

it('multiplies the channels of a large map by factors that a small one gives', () => {
  const large = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]);
  // Its four 2×2 blocks have the means 1, 2, 3 and 4, of a single channel.
  const small = tf.tensor([0, 2, 1, 3, 2, 0, 3, 1, 3, 3, 4, 4, 3, 3, 4, 4], [1, 4, 4, 1]);
  const leaves = {
    // The sum of all blocks, and minus the first.
    'n/skip/squeeze/kernel': tf.tensor2d([1, -1, 1, 0, 1, 0, 1, 0], [4, 2]),
    'n/skip/excite/kernel': tf.tensor2d([0, Math.log(3) / 10, Math.log(3) * 10, 0], [2, 2]),
  };
  const output = applyNetwork((scope, x) => excited(scope, 'skip', x, small, 1), 'n', large, leaves, 'train');
  // Squeezed: 10, and -1 with a slope of 0.1. Factors σ(-log 3) = 1/4 and σ(log 3) = 3/4.
  const expected = [1 / 4, (2 * 3) / 4, 3 / 4, 3, 5 / 4, 4.5, 7 / 4, 6];
  numbersIn(output).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
  });
});

describe('the generator of FastGAN', () => {
  const leavesOf = (options: object, [height, width]: readonly [number, number]) => {
    const context = { example: image(height, width), latentSize: 7 };
    const network = fastganGenerator.build(fastganGenerator.options.parse(options), context);
    return declareNetwork(network, 'g', [2, 7]);
  };

  it('excites each map by the one that is so many doublings smaller', () => {
    const { leaves, outputShape } = leavesOf({ channels: [8, 6, 5, 4, 3], excitation: 3 }, [64, 32]);
    expect(outputShape).toEqual([2, 64, 32, 3]);
    const squeezed = leaves.filter(({ name }) => name.endsWith('squeeze/kernel'));
    // Read as 4×2: the first map of 8 channels for the fourth of 4, the second of 6 for the last of 3.
    expect(squeezed.map(({ name, shape }) => [name, shape])).toEqual([
      ['g/excitation3/squeeze/kernel', [4 * 2 * 8, 4]],
      ['g/excitation4/squeeze/kernel', [4 * 2 * 6, 3]],
    ]);
  });

  it('is refused where it has no two maps so far apart', () => {
    const options = fastganGenerator.options.parse({ channels: [8, 6, 5] });
    const reason = fastganGenerator.unsuitable(options, { example: image(16, 16), latentSize: 7 });
    expect(reason === undefined ? '' : formatText(reason)).toBe(
      '"excitation" is 4, and the network doubles images only 2 times',
    );
  });
});

it('the discriminator of FastGAN has a logit for each position of its last map', () => {
  const context = { example: image(32, 64), latentSize: 7 };
  const network = fastganDiscriminator.build(
    fastganDiscriminator.options.parse({ channels: [3, 4, 5] }),
    context,
  );
  const { outputShape, taps } = declareNetwork(network, 'd', [2, 32, 64, 3]);
  expect(outputShape).toEqual([2, 8, 16, 1]);
  expect(taps).toEqual(['hidden1', 'hidden2', 'hidden3']);
});
