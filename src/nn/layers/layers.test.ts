import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '@tensorflow/tfjs-backend-cpu';
import '../gradients';
import { relativeError, worstError } from '../../../test/support/engines';
import { networkOnBoth } from '../../../test/support/networks';
import { Random } from '../../random/random';
import { float32 } from '../../shared/host-tensor';
import { glorotWithGain, orthogonal } from '../initialisers';
import {
  averagePool,
  batchNorm,
  conv2d,
  convMeanPool,
  depthToSpace,
  downsampleBinomial,
  dropout,
  enlargeBicubic,
  glu,
  groupedConv2d,
  minibatchStddev,
  type Normalisation,
  norm,
  pixelNorm,
  pool2d,
  prelu,
  selfAttention,
  upsampleBinomial,
  upsampleConv,
  upsampleNearest,
} from '../layers';
import { applyNetwork } from '../parameters';
import type { Network } from '../scope';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const random = Random.seeded(5, 'layers');

function normal(...shape: number[]): tf.Tensor {
  const values = random.fillNormal(new Float32Array(shape.reduce((a, b) => a * b, 1)));
  return tf.tensor(values, shape);
}

function host(x: tf.Tensor) {
  return float32(x.shape, Float32Array.from(x.dataSync()));
}

function difference(actual: tf.Tensor, expected: tf.Tensor): number {
  return relativeError(host(actual), host(expected));
}

/** Applies a network with these leaves, in training or sampling mode. */
function apply(
  network: Network,
  x: tf.Tensor,
  leaves: Record<string, tf.Tensor> = {},
  options: Parameters<typeof applyNetwork>[5] = {},
  mode: 'train' | 'sample' = 'train',
): tf.Tensor {
  const named = Object.fromEntries(Object.entries(leaves).map(([name, leaf]) => [`n/${name}`, leaf]));
  return applyNetwork(network, 'n', x, named, mode, options);
}

describe('normalisation', () => {
  const groups = { batch: [0, 1, 2], instance: [1, 2], layer: [1, 2, 3] };

  it.each(['batch', 'instance', 'layer'] as const)(
    '%s: value and gradients are those of the formula differentiated step by step',
    (kind) => {
      const [x, gamma, beta, weights] = [normal(3, 4, 2, 5), normal(5), normal(5), normal(3, 4, 2, 5)];
      const leaves = { 'norm/mean': tf.zeros([5]), 'norm/variance': tf.ones([5]) };
      const ours = (...[input = x, scale = gamma, shift = beta]: tf.Tensor[]): tf.Tensor =>
        apply((scope, value) => norm(scope, 'norm', value, kind), input, {
          ...leaves,
          'norm/gamma': scale,
          'norm/beta': shift,
        });
      const formula = (...[input = x, scale = gamma, shift = beta]: tf.Tensor[]): tf.Tensor => {
        const { mean, variance } = tf.moments(input, groups[kind], true);
        return tf.add(tf.mul(tf.div(tf.sub(input, mean), tf.sqrt(tf.add(variance, 1e-5))), scale), shift);
      };
      const sum =
        (f: typeof ours) =>
        (...args: tf.Tensor[]) =>
          tf.reshape<tf.Rank.R0>(tf.sum(tf.mul(tf.sin(f(...args)), weights)), []);
      expect(difference(ours(), formula())).toBeLessThan(1e-5);
      const expected = tf.grads(sum(formula))([x, gamma, beta]);
      tf.grads(sum(ours))([x, gamma, beta]).forEach((gradient, i) => {
        expect(difference(gradient, expected[i] ?? tf.scalar(0))).toBeLessThan(1e-5);
      });
      const penalty = (f: typeof ours) => (input: tf.Tensor) =>
        tf.reshape<tf.Rank.R0>(tf.sum(tf.square(tf.grad((at: tf.Tensor) => sum(f)(at))(input))), []);
      expect(difference(tf.grad(penalty(ours))(x), tf.grad(penalty(formula))(x))).toBeLessThan(1e-4);
    },
  );

  it('by class scales and shifts each example as its class says, gradients included', () => {
    const [x, gamma, beta, weights] = [normal(4, 3, 2, 5), normal(3, 5), normal(3, 5), normal(4, 3, 2, 5)];
    const classes = tf.tensor1d([2, 0, 2, 1], 'int32');
    const labels = tf.cast(tf.oneHot(classes, 3), 'float32');
    const byClass: Network = (scope, value) =>
      scope.layer('norm', (inner) => {
        const told = { ...inner, normaliseByClass: true };
        return batchNorm({ ...told, layer: (_name, body) => body(told) }, 'norm', value);
      });
    const ours = (...[input = x, scale = gamma, shift = beta]: tf.Tensor[]): tf.Tensor =>
      apply(
        byClass,
        input,
        {
          'norm/gamma': scale,
          'norm/beta': shift,
          'norm/mean': tf.zeros([5]),
          'norm/variance': tf.ones([5]),
        },
        { labels },
      );
    const rows = (table: tf.Tensor): tf.Tensor => tf.reshape(tf.gather(table, classes), [4, 1, 1, 5]);
    const formula = (...[input = x, scale = gamma, shift = beta]: tf.Tensor[]): tf.Tensor => {
      const { mean, variance } = tf.moments(input, [0, 1, 2], true);
      return tf.add(
        tf.mul(tf.div(tf.sub(input, mean), tf.sqrt(tf.add(variance, 1e-5))), rows(scale)),
        rows(shift),
      );
    };
    const sum =
      (f: typeof ours) =>
      (...args: tf.Tensor[]) =>
        tf.reshape<tf.Rank.R0>(tf.sum(tf.mul(tf.sin(f(...args)), weights)), []);
    expect(difference(ours(), formula())).toBeLessThan(1e-5);
    const expected = tf.grads(sum(formula))([x, gamma, beta]);
    tf.grads(sum(ours))([x, gamma, beta]).forEach((gradient, i) => {
      expect(difference(gradient, expected[i] ?? tf.scalar(0))).toBeLessThan(1e-5);
    });
    expect(() => apply(byClass, x)).toThrow(/n\/norm normalises per class, but the data has no classes/);
  });

  it('of pixels leaves each with a mean square of 1', () => {
    const squares = tf.mean(tf.square(pixelNorm(normal(2, 3, 3, 6))), 3);
    expect(difference(squares, tf.ones([2, 3, 3]))).toBeLessThan(1e-5);
  });

  it.each(['batch', 'instance', 'layer', 'pixel'] satisfies Normalisation[])(
    '%s: compiled, first and second derivatives equal the oracle',
    async (kind) => {
      const { compiled, oracle } = await networkOnBoth({
        network: (scope, x) => tf.sin(norm(scope, 'norm', x, kind)),
        input: [2, 4, 4, 3],
        second: true,
      });
      const { name, error } = worstError(compiled, oracle);
      expect(error, name).toBeLessThan(1e-4);
    },
  );
});

describe('doubling and halving', () => {
  it('repeats pixels, averages squares, and deals channels out as TensorFlow does', () => {
    const x = normal(2, 4, 6, 12);
    const nearest = tf.image.resizeNearestNeighbor(tf.reshape<tf.Rank.R4>(x, [2, 4, 6, 12]), [8, 12]);
    expect(difference(upsampleNearest(x), nearest)).toBe(0);
    expect(
      difference(averagePool(x), tf.avgPool(tf.reshape<tf.Rank.R4>(x, [2, 4, 6, 12]), 2, 2, 'valid')),
    ).toBeLessThan(1e-6);
    expect(difference(depthToSpace(x, 2), tf.depthToSpace(tf.reshape<tf.Rank.R4>(x, [2, 4, 6, 12]), 2))).toBe(
      0,
    );
    expect(() => averagePool(normal(1, 3, 4, 1))).toThrow('expected an even height and width to halve');
  });

  it.each([3, 4, 5])('merged with a %i×%i convolution, is the two after each other', (kernelSize) => {
    const options = { filters: 4, kernelSize, useBias: false };
    const x = normal(2, 6, 8, 3);
    const kernel = normal(kernelSize, kernelSize, 3, 4);
    const pooled = apply((scope, value) => averagePool(conv2d(scope, 'c', value, options)), x, {
      'c/kernel': kernel,
    });
    expect(
      difference(
        apply((scope, value) => convMeanPool(scope, 'c', value, options), x, { 'c/kernel': kernel }),
        pooled,
      ),
    ).toBeLessThan(1e-5);
  });

  it.each([3, 5])('merged with a %i×%i convolution after it, is the two after each other', (kernelSize) => {
    const options = { filters: 4, kernelSize, useBias: false };
    const x = normal(2, 4, 3, 3);
    const kernel = normal(kernelSize, kernelSize, 3, 4);
    const mirrored = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
    const expected = apply((scope, value) => conv2d(scope, 'c', upsampleNearest(value), options), x, {
      'c/kernel': kernel,
    });
    const merged = apply((scope, value) => upsampleConv(scope, 'c', value, options), x, {
      'c/kernel': mirrored,
    });
    expect(difference(merged, expected)).toBeLessThan(1e-5);
  });

  it('has second derivatives that equal the oracle when compiled', async () => {
    const { compiled, oracle } = await networkOnBoth({
      network: (scope, x) => {
        const halved = averagePool(tf.sin(convMeanPool(scope, 'a', x, { filters: 4, kernelSize: 3 })));
        return tf.sin(upsampleNearest(depthToSpace(tf.tanh(halved), 2)));
      },
      input: [2, 8, 8, 2],
      second: true,
    });
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-4);
  });
});

describe('pooling', () => {
  it.each([
    { by: 'max', size: 2, height: 6, width: 8 },
    { by: 'max', size: 3, height: 7, width: 11 },
    { by: 'mean', size: 2, height: 5, width: 8 },
    { by: 'mean', size: 3, height: 6, width: 4 },
  ] as const)('by the $by of blocks of $size drops what fills none of $height × $width', (pooling) => {
    const { by, size, height, width } = pooling;
    const x = normal(2, height, width, 3);
    const images = tf.reshape<tf.Rank.R4>(x, [2, height, width, 3]);
    const reference = by === 'max' ? tf.maxPool : tf.avgPool;
    expect(difference(pool2d(x, size, by), reference(images, size, size, 'valid'))).toBeLessThan(1e-6);
  });

  it('gives the gradient of a maximum to the first of several', () => {
    const equal = tf.ones([1, 2, 2, 1]);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(pool2d(x, 2, 'max')))(equal);
    expect([...gradient.dataSync()]).toEqual([1, 0, 0, 0]);
  });

  it('refuses images smaller than a block', () => {
    expect(() => pool2d(normal(1, 3, 8, 1), 4, 'max')).toThrow(
      'blocks of 4×4 pixels do not fit into images of [1, 3, 8, 1]',
    );
  });

  it.each(['max', 'mean'] as const)('by the %s has second derivatives that equal the oracle', async (by) => {
    const { compiled, oracle } = await networkOnBoth({
      network: (scope, x) => {
        const shrunk = conv2d(scope, 'a', x, { filters: 4, kernelSize: 2, padding: 'valid' });
        return tf.sin(pool2d(tf.sin(shrunk), 3, by));
      },
      input: [2, 8, 9, 2],
      second: true,
    });
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-4);
  });
});

it('convolves without padding only where the kernel fits', () => {
  const [x, kernel] = [normal(2, 6, 5, 3), normal(3, 3, 3, 4)];
  const options = { filters: 4, kernelSize: 3, strides: 2, useBias: false, padding: 'valid' } as const;
  const convolved = apply((scope, value) => conv2d(scope, 'c', value, options), x, { 'c/kernel': kernel });
  const [images, filter] = [
    tf.reshape<tf.Rank.R4>(x, [2, 6, 5, 3]),
    tf.reshape<tf.Rank.R4>(kernel, [3, 3, 3, 4]),
  ];
  expect(convolved.shape).toEqual([2, 2, 2, 4]);
  expect(difference(convolved, tf.conv2d(images, filter, 2, 'valid'))).toBeLessThan(1e-6);
  const small = normal(1, 2, 5, 3);
  expect(() =>
    apply((scope, value) => conv2d(scope, 'c', value, options), small, { 'c/kernel': kernel }),
  ).toThrow('kernels of 3×3 do not fit into [1, 2, 5, 3]');
});

describe('resampling with [1, 2, 1]', () => {
  it('inserts means between neighbours, with zeros outside', () => {
    const row = tf.tensor([2, 6], [1, 1, 2, 1]);
    // Along the rows [2, 4, 6, 3]; the row below is the mean with zeros.
    expect([...upsampleBinomial(row).dataSync()]).toEqual([2, 4, 6, 3, 1, 2, 3, 1.5]);
  });

  it('halves to every other pixel with a quarter of each neighbour, with zeros outside', () => {
    const column = tf.tensor([4, 8, 16, 32], [1, 2, 2, 1]);
    // Rows: 4/2 + 8/4 and 16/2 + 32/4; columns: 4/2 + 16/4.
    expect([...downsampleBinomial(column).dataSync()]).toEqual([6]);
    const line = tf.concat([tf.tensor([4, 8, 12, 16], [1, 1, 4, 1]), tf.zeros([1, 1, 4, 1])], 1);
    // [4/2 + 8/4, 8/4 + 12/2 + 16/4] / 2
    expect([...downsampleBinomial(line).dataSync()]).toEqual([2, 6]);
  });

  it('are four times each other’s gradient', () => {
    const [small, large] = [normal(2, 3, 2, 2), normal(2, 6, 4, 2)];
    const product = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0] ?? 0;
    const up = product(upsampleBinomial(small), large);
    expect(up).toBeCloseTo(4 * product(small, downsampleBinomial(large)), 4);
  });

  it('compiled equals the oracle, second derivatives included', async () => {
    const { compiled, oracle } = await networkOnBoth({
      network: (_scope, x) => tf.sin(upsampleBinomial(tf.tanh(downsampleBinomial(tf.sin(x))))),
      input: [2, 6, 4, 2],
      second: true,
    });
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-4);
  });
});

describe('grouped convolution', () => {
  const network =
    (groups: number, filters: number): Network =>
    (scope, x) =>
      groupedConv2d(scope, 'g', x, { groups, filters, kernelSize: 3 });

  it('convolves each group of channels by itself, with its own filters', () => {
    const [x, kernel, bias] = [normal(2, 4, 3, 6), normal(3, 3, 2, 12), normal(12)];
    const made = apply(network(3, 12), x, { 'g/kernel': kernel, 'g/bias': bias });
    const groups = [0, 1, 2].map((group) =>
      tf.conv2d(
        tf.slice4d(tf.reshape<tf.Rank.R4>(x, [2, 4, 3, 6]), [0, 0, 0, 2 * group], [-1, -1, -1, 2]),
        tf.slice4d(tf.reshape<tf.Rank.R4>(kernel, [3, 3, 2, 12]), [0, 0, 0, 4 * group], [-1, -1, -1, 4]),
        1,
        'same',
      ),
    );
    expect(difference(made, tf.add(tf.concat(groups, 3), bias))).toBeLessThan(1e-6);
  });

  it('is the same where groups are convolved in several parts', () => {
    // 12 groups of 8 channels: two parts of 6.
    const [x, kernel] = [normal(1, 2, 2, 96), normal(3, 3, 8, 96)];
    const made = apply(network(12, 96), x, { 'g/kernel': kernel, 'g/bias': tf.zeros([96]) });
    const last = apply(network(1, 8), tf.slice(x, [0, 0, 0, 88]), {
      'g/kernel': tf.slice(kernel, [0, 0, 0, 88]),
      'g/bias': tf.zeros([8]),
    });
    expect(difference(tf.slice(made, [0, 0, 0, 88]), last)).toBeLessThan(1e-5);
  });

  it('is a convolution where there is one group', () => {
    const [x, kernel] = [normal(1, 4, 4, 2), normal(3, 3, 2, 4)];
    const made = apply(network(1, 4), x, { 'g/kernel': kernel, 'g/bias': tf.zeros([4]) });
    const whole = apply((scope, value) => conv2d(scope, 'c', value, { filters: 4, kernelSize: 3 }), x, {
      'c/kernel': kernel,
      'c/bias': tf.zeros([4]),
    });
    expect(difference(made, whole)).toBeLessThan(1e-6);
  });

  it('refuses channels that do not divide into its groups', () => {
    expect(() =>
      apply(network(4, 8), normal(1, 4, 4, 6), { 'g/kernel': normal(1), 'g/bias': normal(8) }),
    ).toThrow('6 channels and 8 filters do not divide into 4 groups');
  });

  it('compiled equals the oracle, second derivatives included', async () => {
    const { compiled, oracle } = await networkOnBoth({
      network: (scope, x) =>
        tf.sin(groupedConv2d(scope, 'g', tf.sin(x), { groups: 2, filters: 6, kernelSize: 3 })),
      input: [2, 5, 4, 4],
      second: true,
    });
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-4);
  });
});

describe('bicubic enlargement', () => {
  it('keeps constants everywhere and slopes away from the edge', () => {
    expect(
      difference(enlargeBicubic(tf.fill([1, 4, 5, 2], 0.3), 8, 20), tf.fill([1, 8, 20, 2], 0.3)),
    ).toBeLessThan(1e-6);
    const ramp = tf.reshape(tf.range(0, 8), [1, 1, 8, 1]);
    const wide = enlargeBicubic(tf.tile(ramp, [1, 4, 1, 1]), 8, 16).arraySync();
    const row = [wide].flat(3).slice(0, 16);
    for (let i = 4; i < 12; i++) expect(row[i]).toBeCloseTo((i + 0.5) / 2 - 0.5, 5);
  });

  it('weighs the neighbours by the cubic of Keys', () => {
    const impulse = tf.tensor([0, 0, 0, 1, 0, 0, 0], [1, 1, 7, 1]);
    const row = [...enlargeBicubic(tf.tile(impulse, [1, 2, 1, 1]), 4, 14).dataSync()].slice(0, 14);
    // 1.5 d³ - 2.5 d² + 1 at d = 1/4 and 3/4, -0.5 d³ + 2.5 d² - 4 d + 2 at d = 5/4 and 7/4
    const near = [0.8671875, 0.2265625, -0.0703125, -0.0234375];
    expect(row.slice(7, 11)).toEqual(near.map((weight) => expect.closeTo(weight, 6)));
    expect(row.slice(3, 7)).toEqual([...near].reverse().map((weight) => expect.closeTo(weight, 6)));
  });
});

describe('attention', () => {
  it('begins as the identity, and mixes as the equations say', () => {
    const x = normal(2, 3, 2, 16);
    const leaves = {
      'a/query/kernel': normal(1, 1, 16, 2),
      'a/key/kernel': normal(1, 1, 16, 2),
      'a/value/kernel': normal(1, 1, 16, 2),
      'a/output/kernel': normal(1, 1, 2, 16),
    };
    const network: Network = (scope, value) => selfAttention(scope, 'a', value);
    expect(difference(apply(network, x, { ...leaves, 'a/gamma': tf.zeros([1]) }), x)).toBe(0);
    const gamma = 0.7;
    const made = apply(network, x, { ...leaves, 'a/gamma': tf.tensor1d([gamma]) }).dataSync();
    const rows = (from: ArrayLike<number>, width: number): number[][] =>
      Array.from({ length: from.length / width }, (_, i) =>
        Array.from(from).slice(i * width, (i + 1) * width),
      );
    const times = (row: readonly number[], kernel: tf.Tensor): number[] => {
      const columns = kernel.shape[3] ?? 1;
      const weights = rows(kernel.dataSync(), columns);
      return Array.from({ length: columns }, (_, c) =>
        row.reduce((sum, v, i) => sum + v * (weights[i]?.[c] ?? 0), 0),
      );
    };
    const pixels = rows(x.dataSync(), 16);
    pixels.forEach((pixel, i) => {
      const others = pixels.slice(i < 6 ? 0 : 6, i < 6 ? 6 : 12);
      const query = times(pixel, leaves['a/query/kernel']);
      const scores = others.map((other) => {
        const key = times(other, leaves['a/key/kernel']);
        return Math.exp(query.reduce((sum, q, c) => sum + q * (key[c] ?? 0), 0));
      });
      const total = scores.reduce((a, b) => a + b, 0);
      const mixed = [0, 1].map((c) =>
        others.reduce(
          (sum, other, k) =>
            sum + ((scores[k] ?? 0) / total) * (times(other, leaves['a/value/kernel'])[c] ?? 0),
          0,
        ),
      );
      const output = times(mixed, leaves['a/output/kernel']);
      output.forEach((value, c) => {
        expect(made[i * 16 + c]).toBeCloseTo((pixel[c] ?? 0) + gamma * value, 3);
      });
    });
  });
});

describe('dropout', () => {
  it('drops where the draw is below the rate, scales the rest, and does nothing when sampling', () => {
    const network: Network = (scope, value) => dropout(scope, 'd', value, 0.25);
    const draws = tf.tensor1d([0.1, 0.2, 0.3, 0.9]);
    const made = apply(network, tf.tensor1d([3, -3, 6, -9]), {}, { random: () => draws });
    expect([...made.dataSync()]).toEqual([0, -0, 8, -12].map((value) => expect.closeTo(value, 5)));
    expect([...apply(network, tf.tensor1d([3, -3]), {}, {}, 'sample').dataSync()]).toEqual([3, -3]);
  });
});

it('the parametric ReLU has a slope of its own below zero for each channel', () => {
  const x = tf.tensor2d([
    [2, -2],
    [-4, 4],
  ]);
  const made = apply((scope, value) => prelu(scope, 'p', value), x, { 'p/alpha': tf.tensor1d([0.25, -0.5]) });
  expect([...made.dataSync()]).toEqual([2, 1, -1, 4]);
});

describe('initialisers', () => {
  it.each([
    [[3, 3, 4, 8], true],
    [[4, 20], false],
  ] as const)(
    'orthogonal, %j: a matrix with orthonormal columns, or rows where they are fewer',
    (shape, tall) => {
      const values = new Float32Array(shape.reduce<number>((a, b) => a * b, 1));
      orthogonal.fill(values, shape, random);
      const columns = shape.at(-1) ?? 1;
      const matrix = tf.tensor2d(values, [values.length / columns, columns]);
      const gram = tf.matMul(matrix, matrix, tall, !tall);
      expect(difference(gram, tf.eye(gram.shape[0]))).toBeLessThan(1e-5);
    },
  );

  it('Glorot with a gain fills a range that is wider by it', () => {
    const values = new Float32Array(30 * 70);
    glorotWithGain(2).fill(values, [30, 70], random);
    const limit = 2 * Math.sqrt(6 / (30 + 70));
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.max(...values)).toBeGreaterThan(0.9 * limit);
  });
});

it('a gated linear unit multiplies half of the channels by the sigmoid of the others', () => {
  const gated = glu(tf.tensor2d([2, -3, 0, Math.log(3)], [1, 4]));
  expect(difference(gated, tf.tensor2d([[1, -2.25]]))).toBeLessThan(1e-6);
  expect(() => glu(tf.zeros([1, 3]))).toThrow('3 channels have no halves');
});

describe('minibatch standard deviation', () => {
  /** Six examples of one pixel and two channels, in two groups: every second one. */
  const examples = (): tf.Tensor => tf.tensor([0, 1, 5, 5, 3, 1, 5, 5, 6, 7, 5, 8], [6, 1, 1, 2]);
  const network: Network = (scope, x) => minibatchStddev(scope, 'deviation', x, { groupSize: 3 });
  const leaves = () => ({ 'deviation/mean': tf.tensor1d([2]) });
  // 0, 3, 6 and 1, 1, 7; 5, 5, 5 and 5, 5, 8.
  const first = (Math.sqrt(6) + Math.sqrt(8)) / 2;
  const second = (0 + Math.sqrt(2)) / 2;

  it('appends to each example the mean deviation within its group', () => {
    let running: tf.Tensor | undefined;
    const output = apply(network, examples(), leaves(), {
      onStatistic: (_name, value) => {
        running = tf.keep(value);
      },
    });
    const [kept, deviations] = tf.split(output, [2, 1], 3);
    expect(difference(kept ?? output, examples())).toBe(0);
    const expected = tf.tensor([first, second, first, second, first, second], [6, 1, 1, 1]);
    expect(difference(deviations ?? output, expected)).toBeLessThan(1e-4);
    expect(running?.dataSync()[0]).toBeCloseTo(0.9 * 2 + (0.1 * (first + second)) / 2, 4);
  });

  it('appends the running mean when sampling, so that an example is judged by itself', () => {
    const deviations = tf.split(apply(network, examples(), leaves(), {}, 'sample'), [2, 1], 3)[1];
    expect(Array.from(deviations?.dataSync() ?? [])).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it('takes vectors, and a batch smaller than a group as one group', () => {
    const vectors = tf.tensor2d([1, 2, 3, 6], [2, 2]);
    const output = apply(network, vectors, leaves());
    expect(difference(output, tf.tensor2d([1, 2, 1.5, 3, 6, 1.5], [2, 3]))).toBeLessThan(1e-5);
  });

  it('refuses a batch that is no number of groups', () => {
    expect(() => apply(network, normal(4, 1, 1, 2), leaves())).toThrow(
      'A batch of 4 cannot be divided into groups of 3.',
    );
  });

  it('has the gradients of the oracle, of first and second order', async () => {
    const hidden: Network = (scope, x) => minibatchStddev(scope, 'deviation', tf.tanh(x), { groupSize: 2 });
    const { compiled, oracle } = await networkOnBoth({
      network: (scope, x) => tf.square(hidden(scope, x)),
      input: [4, 2, 3, 2],
      second: true,
    });
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-4);
  });
});
