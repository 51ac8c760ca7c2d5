import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { worstError } from '../../../test/support/engines';
import { networkOnBoth } from '../../../test/support/networks';
import { numberIn, numbersIn } from '../../../test/support/numbers';
import { averagePool, conv2d } from '../../nn/layers';
import { applyNetwork, declareNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import { quarterOf, quarterWeights, reconstruction } from './reconstruction';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const options = { weight: 1, channels: 2 };

it('chooses one of four quarters by a number in [0, 1)', () => {
  const images = tf.reshape(tf.range(0, 16), [1, 4, 4, 1]);
  const chosen = (at: number): number[] => numbersIn(quarterOf(images, quarterWeights(tf.tensor1d([at]))));
  expect(chosen(0)).toEqual([0, 1, 4, 5]);
  expect(chosen(0.3)).toEqual([2, 3, 6, 7]);
  expect(chosen(0.7)).toEqual([8, 9, 12, 13]);
  expect(chosen(0.99)).toEqual([10, 11, 14, 15]);
});

describe('reconstruction', () => {
  /** Its maps are the image itself, and the image at half its size. */
  const discriminator: Network = (scope, x) => {
    scope.tap('hidden1', x);
    scope.tap('hidden2', averagePool(x));
    return tf.mean(x, [1, 2]);
  };
  const network = reconstruction.network(discriminator, options);
  const images = () => tf.reshape(tf.mul(tf.range(0, 16), 1 / 16), [1, 4, 4, 1]);

  it('is the squared error of the whole at half its size and of a quarter', () => {
    const identity = tf.tensor([0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 3, 1, 1]);
    let error: tf.Tensor | undefined;
    const leaves = {
      'd/reconstruction/whole/toImage/kernel': identity,
      'd/reconstruction/whole/toImage/bias': tf.zeros([1]),
      'd/reconstruction/part/toImage/kernel': tf.zerosLike(identity),
      'd/reconstruction/part/toImage/bias': tf.tensor1d([0.5]),
    };
    applyNetwork(network, 'd', images(), leaves, 'train', {
      random: () => tf.tensor1d([0.3]),
      onTap: (name, value) => {
        if (name === 'reconstruction.error') error = value;
      },
    });
    const meanSquare = (values: number[]): number =>
      values.reduce((sum, x) => sum + x * x, 0) / values.length;
    const halved = [2.5, 4.5, 10.5, 12.5].map((value) => value / 16);
    const quarter = [2, 3, 6, 7].map((value) => value / 16);
    const expected =
      meanSquare(halved.map((x) => Math.tanh(x) - x)) + meanSquare(quarter.map((x) => Math.tanh(0.5) - x));
    expect(error === undefined ? Number.NaN : numberIn(error)).toBeCloseTo(expected, 6);
  });

  it('adds the error on real images, and nothing when sampling', () => {
    const zero = tf.zeros([1, 1]);
    const penalty = reconstruction.penalty(
      {
        discriminator: () => zero,
        real: zero,
        fake: zero,
        logits: { real: zero, fake: zero },
        tap: (_name, of) => tf.scalar(of === 'real' ? 3 : 5),
        kept: () => tf.scalar(0),
        keep: () => undefined,
        weight: () => 2,
        random: (_name, shape) => tf.zeros([...shape]),
        progress: () => tf.scalar(0),
      },
      options,
    );
    expect(numberIn(penalty)).toBe(6);
    expect(numbersIn(applyNetwork(network, 'd', images(), {}, 'sample'))).toEqual([7.5 / 16]);
  });

  it('reconstructs the whole alone where no map is larger than the last, and refuses maps that do not fit', () => {
    const withMap = (map: (x: tf.Tensor) => tf.Tensor): Network =>
      reconstruction.network((scope, x) => {
        scope.tap('hidden1', map(x));
        return tf.mean(x, [1, 2]);
      }, options);
    const { leaves } = declareNetwork(withMap(averagePool), 'd', [2, 8, 8, 1]);
    expect(leaves.map(({ name }) => name)).toEqual([
      'd/reconstruction/whole/toImage/kernel',
      'd/reconstruction/whole/toImage/bias',
    ]);
    const flat = withMap((x) => tf.reshape(x, [2, 64]));
    expect(() => declareNetwork(flat, 'd', [2, 8, 8, 1])).toThrow('"reconstruction" needs a feature map');
    const large = withMap((x) => x);
    expect(() => declareNetwork(large, 'd', [2, 8, 8, 1])).toThrow('"reconstruction" needs a feature map');
  });

  it('equals the oracle when compiled, with decoders that double', async () => {
    const halvings: Network = (scope, x) => {
      const first = conv2d(scope, 'down1', x, { filters: 3, kernelSize: 3, strides: 2 });
      scope.tap('hidden1', first);
      const second = conv2d(scope, 'down2', tf.tanh(first), { filters: 2, kernelSize: 3, strides: 2 });
      scope.tap('hidden2', second);
      return second;
    };
    const observed: Network = (scope, x) => {
      let error: tf.Tensor = tf.scalar(0);
      reconstruction.network(halvings, options)(
        {
          ...scope,
          tap: (name, value) => {
            if (name === 'reconstruction.error') error = value;
            return value;
          },
        },
        x,
      );
      return tf.reshape(error, [1]);
    };
    const { compiled, oracle } = await networkOnBoth({ network: observed, input: [2, 8, 8, 1] });
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-4);
  });
});
