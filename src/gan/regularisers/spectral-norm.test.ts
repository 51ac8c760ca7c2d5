import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { onBoth, worstError } from '../../../test/support/engines';
import { gradientError, numberIn, numbersIn } from '../../../test/support/numbers';
import type { Program, Tensors } from '../../engine/engine';
import { conv2d, dense, flatten } from '../../nn/layers';
import { applyNetwork, declareNetwork, initialLeaves } from '../../nn/parameters';
import type { Network, NetworkMode } from '../../nn/scope';
import { Random } from '../../random/random';
import { spectralNorm } from './spectral-norm';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const KERNEL = 'd/linear/kernel';
const VECTOR = 'd/linear/kernel.spectralVector';
/** Singular values √45 and √5: WᵀW = [[25, 20], [20, 25]]. */
const MATRIX = [3, 0, 4, 5];

const network = spectralNorm.network((scope, x) => dense(scope, 'linear', x, { units: 2, useBias: false }));

/** Applies the network to the identity matrix, which gives the weights that it uses. */
function weights(kernel: tf.Tensor, vector: tf.Tensor, mode: NetworkMode) {
  const leaves: Tensors = { [KERNEL]: kernel, [VECTOR]: vector };
  let next: tf.Tensor | undefined;
  const used = applyNetwork(network, 'd', tf.eye(2), leaves, mode, {
    onStatistic: (_name, value) => {
      next = value;
    },
  });
  return { used, next };
}

function converged(): tf.Tensor {
  let vector: tf.Tensor = tf.tensor1d([1, -0.3]);
  for (let i = 0; i < 40; i++) vector = weights(tf.tensor2d(MATRIX, [2, 2]), vector, 'train').next ?? vector;
  return vector;
}

describe('spectral normalisation', () => {
  it('divides by the largest singular value once the power iteration has converged', () => {
    const vector = converged();
    const [a = 0, b = 0] = numbersIn(vector);
    expect(Math.abs(a)).toBeCloseTo(Math.SQRT1_2, 5);
    expect(b).toBeCloseTo(a, 5);
    for (const mode of ['train', 'sample'] as const) {
      const used = numbersIn(weights(tf.tensor2d(MATRIX, [2, 2]), vector, mode).used);
      used.forEach((value, i) => {
        expect(value).toBeCloseTo((MATRIX[i] ?? 0) / Math.sqrt(45), 5);
      });
    }
  });

  it('takes one step of the iteration in training and none when sampling', () => {
    const start = tf.tensor1d([1, 0]);
    // v = W·u / ‖W·u‖ = (3, 4) / 5, Wᵀ·v = (25, 20) / 5, u = (5, 4) / √41.
    const stepped = weights(tf.tensor2d(MATRIX, [2, 2]), start, 'train').next;
    const [a = 0, b = 0] = stepped === undefined ? [] : numbersIn(stepped);
    expect(a).toBeCloseTo(5 / Math.sqrt(41), 6);
    expect(b).toBeCloseTo(4 / Math.sqrt(41), 6);
    const sampled = weights(tf.tensor2d(MATRIX, [2, 2]), start, 'sample');
    expect(sampled.next).toBeUndefined();
    // ‖W·(1, 0)‖ = 5.
    expect(numbersIn(sampled.used)[0]).toBeCloseTo(3 / 5, 6);
  });

  it('has the gradient of W / σ(W), with both vectors constant', () => {
    const vector = converged();
    const target = tf.tensor2d([1, -2, 0.5, 3], [2, 2]);
    const loss = (kernel: tf.Tensor): tf.Tensor =>
      tf.sum(tf.mul(weights(tf.reshape(kernel, [2, 2]), vector, 'train').used, target));
    expect(gradientError(loss, tf.tensor1d(MATRIX))).toBeLessThan(1e-3);
    // σ does not change when W grows, so the loss does not either.
    const gradient = tf.grad((kernel: tf.Tensor) => tf.reshape<tf.Rank.R0>(loss(kernel), []))(
      tf.tensor1d(MATRIX),
    );
    expect(numberIn(tf.sum(tf.mul(gradient, tf.tensor1d(MATRIX))))).toBeCloseTo(0, 5);
  });

  it('gives every matrix and filter a vector as long as its outputs, and biases none', () => {
    const { leaves } = declareNetwork(small(), 'd', [2, 4, 4, 1]);
    expect(leaves.map(({ name, shape, trained }) => [name, shape, trained])).toEqual([
      ['d/down/kernel', [3, 3, 1, 3], true],
      ['d/down/kernel.spectralVector', [3], false],
      ['d/down/bias', [3], true],
      ['d/logit/kernel', [12, 1], true],
      ['d/logit/kernel.spectralVector', [1], false],
      ['d/logit/bias', [1], true],
    ]);
  });

  it('compiled equals the oracle, also under a gradient penalty', async () => {
    const leaves = initialLeaves(
      declareNetwork(small(), 'd', [2, 4, 4, 1]).leaves,
      Random.seeded(1, 'leaves'),
    );
    const names = Object.keys(leaves);
    const program: Program = {
      name: 'spectralNorm',
      reads: [],
      writes: [],
      inputs: {
        images: { shape: [2, 4, 4, 1], dtype: 'float32' },
        ...Object.fromEntries(
          Object.entries(leaves).map(([name, { shape }]) => [name, { shape, dtype: 'float32' as const }]),
        ),
      },
      build(_state, inputs) {
        const { images } = inputs;
        if (images === undefined) throw new Error('no images');
        const outputs: Tensors = {};
        const trained = names.filter((name) => !name.endsWith('Vector'));
        const { value, grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
          const named: Tensors = { ...inputs };
          trained.forEach((name, i) => {
            const leaf = given[i];
            if (leaf !== undefined) named[name] = leaf;
          });
          const score = (x: tf.Tensor): tf.Tensor =>
            applyNetwork(small(), 'd', x, named, 'train', {
              onStatistic: (name, next) => {
                outputs[name] = tf.keep(next);
              },
            });
          const slope = tf.grad((x: tf.Tensor) => tf.sum(tf.square(score(x))))(images);
          return tf.reshape<tf.Rank.R0>(tf.add(tf.sum(tf.square(slope)), tf.sum(score(images))), []);
        })(trained.map((name) => inputs[name] ?? images));
        outputs.value = value;
        grads.forEach((gradient, i) => {
          outputs[`gradient of ${trained[i]}`] = gradient;
        });
        return { state: {}, outputs };
      },
    };
    const { compiled, oracle } = await onBoth(program);
    expect(Object.keys(oracle)).toContain('d/down/kernel.spectralVector');
    expect(worstError(compiled, oracle).error).toBeLessThan(1e-4);
  });
});

function small(): Network {
  return spectralNorm.network((scope, images) => {
    const x = tf.tanh(conv2d(scope, 'down', images, { filters: 3, kernelSize: 3, strides: 2 }));
    return dense(scope, 'logit', flatten(x), { units: 1 });
  });
}
