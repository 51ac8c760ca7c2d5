/** The layers of StyleGAN2: equalised, modulated, resampled with [1, 3, 3, 1], and with noise. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '@tensorflow/tfjs-backend-cpu';
import '../gradients';
import { relativeError, worstError } from '../../../test/support/engines';
import { networkOnBoth } from '../../../test/support/networks';
import { Random } from '../../random/random';
import { float32 } from '../../shared/host-tensor';
import {
  addNoise,
  downsampleFir,
  equalisedConv2d,
  equalisedDense,
  modulatedConv2d,
  scaledLeakyRelu,
  upsampleFir,
} from '../layers';
import { applyNetwork, declareNetwork, initialLeaves } from '../parameters';
import type { Network } from '../scope';
import { convolveDown, convolveUp } from './fir';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const random = Random.seeded(6, 'style layers');

function normal(...shape: number[]): tf.Tensor {
  return tf.tensor(random.fillNormal(new Float32Array(shape.reduce((a, b) => a * b, 1))), shape);
}

function difference(actual: tf.Tensor, expected: tf.Tensor): number {
  const [a, b] = [actual, expected].map((x) => float32(x.shape, Float32Array.from(x.dataSync())));
  return a === undefined || b === undefined ? Number.NaN : relativeError(a, b);
}

function apply(
  network: Network,
  x: tf.Tensor,
  leaves: Record<string, tf.Tensor>,
  options: Parameters<typeof applyNetwork>[5] = {},
  mode: 'train' | 'sample' = 'train',
): tf.Tensor {
  const named = Object.fromEntries(Object.entries(leaves).map(([name, leaf]) => [`n/${name}`, leaf]));
  return applyNetwork(network, 'n', x, named, mode, options);
}

/** Images of one channel. */
const pixels = (...rows: number[][]): tf.Tensor =>
  tf.tensor(rows.flat(), [1, rows.length, rows[0]?.length ?? 0, 1]);
const near = (...values: number[]) => values.map((value): number => expect.closeTo(value, 5));

describe('an equalised learning rate', () => {
  it('scales standard normal weights by 1/√fan-in when they are used', () => {
    const leaves = { 'd/kernel': tf.tensor2d([2, -6, 4, 1], [4, 1]), 'd/bias': tf.tensor1d([0.5]) };
    const network: Network = (scope, x) => equalisedDense(scope, 'd', x, { units: 1 });
    // (2 - 6 + 4 + 1) / √4 + 0.5
    expect([...apply(network, tf.ones([1, 4]), leaves).dataSync()]).toEqual(near(1));
  });

  it('multiplies weights and bias by the factor of the learning rate, and begins where it does not matter', () => {
    const network: Network = (scope, x) =>
      equalisedDense(scope, 'd', x, { units: 2, bias: 3, learningRateFactor: 0.01 });
    const { leaves } = declareNetwork(network, 'n', [1, 4]);
    const initial = initialLeaves(leaves, Random.seeded(2, 'factor'));
    expect([...(initial['n/d/bias']?.data ?? [])]).toEqual([300, 300]);
    const stored = { 'd/kernel': tf.fill([4, 2], 100), 'd/bias': tf.tensor1d([300, 300]) };
    // 4 · 100 · 0.01 / √4 + 300 · 0.01
    expect([...apply(network, tf.ones([1, 4]), stored).dataSync()]).toEqual(near(5, 5));
    const drawn = tf.tensor1d(Float32Array.from(initial['n/d/kernel']?.data ?? []));
    expect(tf.max(tf.abs(drawn)).dataSync()[0]).toBeGreaterThan(30);
  });

  it('of a convolution counts the pixels of the kernel, at both sizes', () => {
    const x = normal(2, 4, 6, 3);
    const kernel = normal(3, 3, 3, 5);
    const convolution =
      (halves: boolean): Network =>
      (scope, value) =>
        equalisedConv2d(scope, 'c', value, { filters: 5, kernelSize: 3, halves, useBias: false });
    const scaled = tf.mul<tf.Tensor4D>(kernel, 1 / Math.sqrt(27));
    const same = tf.conv2d(tf.reshape<tf.Rank.R4>(x, [2, 4, 6, 3]), scaled, 1, 'same');
    expect(difference(apply(convolution(false), x, { 'c/kernel': kernel }), same)).toBeLessThan(1e-6);
    const halved = apply(convolution(true), x, { 'c/kernel': kernel });
    expect(difference(halved, convolveDown(x, scaled))).toBeLessThan(1e-6);
    expect(halved.shape).toEqual([2, 2, 3, 5]);
  });
});

describe('resampling with [1, 3, 3, 1]', () => {
  it('doubles a row, with zeros outside', () => {
    // [0, 0, 2, 0, 6, 0, 0] with [1, 3, 3, 1] / 4; both rows are 3/4 of that.
    const row = [1.5, 3, 5, 4.5].map((value) => value * 0.75);
    expect([...upsampleFir(pixels([2, 6])).dataSync()]).toEqual(near(...row, ...row));
  });

  it('halves a row, with zeros outside', () => {
    // [0, 4, 8, 12, 16, 0] with [1, 3, 3, 1] / 8: 6 and 11.5; of the rows, 3/8.
    const made = downsampleFir(pixels([4, 8, 12, 16], [0, 0, 0, 0]));
    expect([...made.dataSync()]).toEqual(near(6 * 0.375, 11.5 * 0.375));
    expect(() => downsampleFir(pixels([1, 2, 3]))).toThrow('even height and width');
  });

  it('are four times each other’s gradient', () => {
    const [small, large] = [normal(2, 3, 2, 2), normal(2, 6, 4, 2)];
    const product = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0] ?? 0;
    expect(product(upsampleFir(small), large)).toBeCloseTo(4 * product(small, downsampleFir(large)), 4);
  });

  const centre = (): tf.Tensor =>
    tf.pad(tf.ones([1, 1, 1, 1]), [
      [1, 1],
      [1, 1],
      [0, 0],
      [0, 0],
    ]);

  it('joined with a convolution that only copies, is the resampling alone', () => {
    const image = normal(1, 6, 4, 1);
    expect(difference(convolveDown(image, centre()), downsampleFir(image))).toBeLessThan(1e-6);
    // One pixel in the middle of 3×3, with [1, 3, 3, 1] / 4 along both axes of a margin of one.
    expect([...convolveUp(pixels([1]), centre()).dataSync()]).toEqual(near(...Array(4).fill(9 / 16)));
  });

  it('doubles as a convolution of the upsampled image does, away from the edge', () => {
    const [image, kernel] = [normal(1, 5, 6, 2), normal(3, 3, 4, 2)];
    const inner = (x: tf.Tensor): tf.Tensor => tf.slice(x, [0, 2, 2, 0], [1, 6, 8, 4]);
    const mirrored = tf.reshape<tf.Rank.R4>(
      tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]),
      [3, 3, 2, 4],
    );
    const large = tf.reshape<tf.Rank.R4>(upsampleFir(image), [1, 10, 12, 2]);
    const expected = tf.conv2d(large, mirrored, 1, 'same');
    expect(difference(inner(convolveUp(image, kernel)), inner(expected))).toBeLessThan(1e-5);
  });
});

describe('modulated convolution', () => {
  const pointwise =
    (style: tf.Tensor, demodulates: boolean): Network =>
    (scope, x) =>
      modulatedConv2d(scope, 'm', x, style, { filters: 1, kernelSize: 1, demodulates });

  it('scales the input by the style and divides by the norm of the weights', () => {
    const [x, style] = [tf.tensor([1, 2], [1, 1, 1, 2]), tf.tensor2d([[2, 3]])];
    const leaves = { 'm/kernel': tf.ones([1, 1, 2, 1]) };
    // Weights (2, 3) / √2: 1 · 2 + 2 · 3 = 8, and their norm is √(13 / 2).
    expect([...apply(pointwise(style, false), x, leaves).dataSync()]).toEqual(near(8 / Math.SQRT2));
    expect([...apply(pointwise(style, true), x, leaves).dataSync()]).toEqual(near(8 / Math.sqrt(13)));
  });

  it.each([false, true])(
    'is a convolution with weights of its own for each example (doubles: %j)',
    (doubles) => {
      const [x, styles] = [normal(2, 3, 4, 3), normal(2, 3)];
      const kernel = normal(3, 3, ...(doubles ? [5, 3] : [3, 5]));
      const network: Network = (scope, value) =>
        modulatedConv2d(scope, 'm', value, styles, { filters: 5, kernelSize: 3, doubles });
      const expected = [0, 1].map((i) => {
        const style = tf.reshape(tf.slice(styles, [i, 0], [1, 3]), doubles ? [1, 1, 1, 3] : [1, 1, 3, 1]);
        const own = tf.mul(tf.mul(kernel, style), 1 / Math.sqrt(27));
        const norm = tf.sqrt(tf.sum(tf.square(own), [0, 1, doubles ? 3 : 2], true));
        const weights = tf.div<tf.Tensor4D>(own, norm);
        const one = tf.slice(x, [i, 0, 0, 0], [1, 3, 4, 3]);
        return doubles
          ? convolveUp(one, weights)
          : tf.conv2d(tf.reshape<tf.Rank.R4>(one, [1, 3, 4, 3]), weights, 1, 'same');
      });
      expect(difference(apply(network, x, { 'm/kernel': kernel }), tf.concat(expected, 0))).toBeLessThan(
        1e-5,
      );
    },
  );
});

describe('noise', () => {
  const network: Network = (scope, x) => addNoise(scope, 'noise', x);
  const leaves = () => ({ 'noise/strength': tf.tensor1d([0.5]), 'noise/fixed': pixels([10, 20]) });

  it('is the same for all channels, and drawn for each example in training', () => {
    const draws = tf.tensor([2, 4, 6, 8], [2, 1, 2, 1]);
    const made = apply(network, tf.ones([2, 1, 2, 2]), leaves(), { random: () => draws });
    expect([...made.dataSync()]).toEqual(near(2, 2, 3, 3, 4, 4, 5, 5));
  });

  it('is what is stored when sampling, for all examples', () => {
    const made = apply(network, tf.ones([2, 1, 2, 1]), leaves(), {}, 'sample');
    expect([...made.dataSync()]).toEqual(near(6, 11, 6, 11));
  });
});

it('the scaled leaky ReLU keeps the mean square of normal values', () => {
  expect([...scaledLeakyRelu(tf.tensor1d([1, -1])).dataSync()]).toEqual(near(Math.SQRT2, -0.2 * Math.SQRT2));
});

it('compiled equals the oracle, second derivatives included', async () => {
  const { compiled, oracle } = await networkOnBoth({
    network(scope, x) {
      const style = equalisedDense(scope, 'style', tf.mean(x, [1, 2]), { units: 3, bias: 1 });
      let y = modulatedConv2d(scope, 'up', x, style, { filters: 4, kernelSize: 3, doubles: true });
      y = tf.tanh(addNoise(scope, 'noise', y));
      y = equalisedConv2d(scope, 'down', y, { filters: 2, kernelSize: 3, halves: true });
      return tf.sin(upsampleFir(downsampleFir(upsampleFir(tf.sin(y)))));
    },
    input: [2, 2, 4, 3],
    second: true,
  });
  const { name, error } = worstError(compiled, oracle);
  expect(error, name).toBeLessThan(1e-4);
});
