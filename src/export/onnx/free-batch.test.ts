import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { traceProgram } from '../../engine/trace/trace';
import { BatchError, freeBatch, TRACED_BATCHES } from './free-batch';
import { exportLowering } from './lowering';

/** Traces a function of `[batch, 2, 2]` at each of the sizes. */
function freed(build: (x: tf.Tensor) => tf.Tensor) {
  const trace = (batch: number) =>
    traceProgram(
      {
        name: 'network',
        reads: [],
        writes: [],
        inputs: { x: { shape: [batch, 2, 2], dtype: 'float32' } },
        build: (_state, { x = tf.scalar(0) }) => ({ state: {}, outputs: { y: build(x) } }),
      },
      {},
      exportLowering,
    ).graph;
  const [a, b, c] = TRACED_BATCHES;
  return freeBatch([trace(a), trace(b), trace(c)], () => 'x', 'x');
}

it('leaves one extent of a reshape to the runtime', () => {
  const { nodes, constants } = freed((x) => tf.reshape(x, [-1, 4]));
  expect(nodes.map(({ op }) => op)).toEqual(['Reshape']);
  expect(constants.map(({ data }) => Array.from(data, Number))).toEqual([[-1, 4]]);
});

it('slices to the end of the batch, however long it is', () => {
  const { nodes, constants } = freed((x) => tf.slice(x, [0, 1, 0], [-1, 1, -1]));
  expect(nodes.map(({ op }) => op)).toEqual(['Slice']);
  expect(constants.map(({ data }) => data)).toContainEqual(BigInt64Array.of(2n ** 63n - 1n, 2n, 2n));
});

it('computes the other shapes from the size of the input', () => {
  const { nodes } = freed((x) => tf.tile(tf.slice(x, [0, 0, 0], [-1, 1, -1]), [1, 3, 1]));
  expect(nodes.map(({ op }) => op)).toEqual(['Slice', 'Shape', 'Mul', 'Add', 'Expand']);
});

it.each([
  ['a number depends on the size', (x: tf.Tensor) => tf.mul(x, 1 / (x.shape[0] ?? 1))],
  ['the operations do', (x: tf.Tensor) => ((x.shape[0] ?? 0) > 510 ? tf.exp(x) : x)],
  [
    'a shape is not linear in it',
    (x: tf.Tensor) => tf.tile(tf.slice(x, [0, 0, 0], [1, 1, 1]), [1, 1, (x.shape[0] ?? 1) ** 2]),
  ],
])('refuses a network of which %s', (_, build) => {
  expect(() => freed(build)).toThrow(BatchError);
});
