import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyNetwork, declareNetwork, initialLeaves } from '../../nn/parameters';
import { Random } from '../../random/random';
import { formatText } from '../../shared/localizable-text';
import type { NetworkDefinition } from './network';
import { r3ganDiscriminator, r3ganGenerator } from './r3gan';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const example = { kind: 'image', height: 8, width: 12, channels: 3 } as const;
const context = { example, latentSize: 5 };
const small = { channels: [4, 6], blocks: 2, expansion: 2, groupSize: 2 } as const;

/** Applies a network with its initial leaves, some of them replaced. */
function applyFirst(
  network: NetworkDefinition,
  input: tf.Tensor,
  change: (name: string, value: tf.Tensor) => tf.Tensor = (_name, value) => value,
) {
  const built = network.build(network.options.parse(small), context);
  const { leaves, outputShape } = declareNetwork(built, 'n', input.shape);
  const values = initialLeaves(leaves, Random.seeded(2, 'r3gan'));
  const tensors = Object.fromEntries(
    Object.entries(values).map(([name, { data, shape }]) => [
      name,
      change(name, tf.tensor(data, [...shape], 'float32')),
    ]),
  );
  return { output: applyNetwork(built, 'n', input, tensors, 'train'), leaves, outputShape };
}

describe.each<[string, NetworkDefinition, number[], number[]]>([
  ['generator', r3ganGenerator, [2, 5], [2, 8, 12, 3]],
  ['discriminator', r3ganDiscriminator, [2, 8, 12, 3], [2, 1]],
])('the %s of R3GAN', (_name, network, input, output) => {
  const x = (): tf.Tensor => tf.randomNormal(input, 0, 1, 'float32', 4);

  it('has the right shape, and no statistics', () => {
    const { outputShape, leaves } = applyFirst(network, x());
    expect(outputShape).toEqual(output);
    expect(leaves.every(({ trained }) => trained)).toBe(true);
  });

  it('starts with blocks that are the identity: it is linear, whatever they would add', () => {
    const given = x();
    const { output: first } = applyFirst(network, given);
    const { output: doubled } = applyFirst(network, tf.mul(given, 2));
    expect(tf.max(tf.abs(tf.sub(doubled, tf.mul(first, 2)))).dataSync()[0]).toBeLessThan(1e-5);
    const { output: otherBranches } = applyFirst(network, given, (name, value) =>
      /(expand|mix)/.test(name) ? tf.add(value, 1) : value,
    );
    expect(Array.from(otherBranches.dataSync())).toEqual(Array.from(first.dataSync()));
    expect(first.dataSync().some((value) => value !== 0)).toBe(true);
  });

  it('divides its 3×3 convolutions into groups, and none keeps a bias before the sum', () => {
    const { leaves } = applyFirst(network, x());
    const shapes = Object.fromEntries(leaves.map(({ name, shape }) => [name, shape]));
    const [inputs, filters] = [2, small.channels[0] * small.expansion];
    expect(shapes['n/stage1/block1/mix/kernel']).toEqual([3, 3, inputs, filters]);
    expect(shapes['n/stage1/block2/reduce/kernel']).toEqual([1, 1, filters, small.channels[0]]);
    expect(shapes['n/stage1/block2/reduce/bias']).toBeUndefined();
    expect(shapes['n/stage2/block2/mix/kernel']).toEqual([3, 3, 2, small.channels[1] * small.expansion]);
  });

  it('draws the weights of a branch smaller the more blocks there are', () => {
    const deviationOf = (blocks: number): number => {
      const built = network.build(network.options.parse({ ...small, blocks, channels: [64, 64] }), context);
      const { leaves } = declareNetwork(built, 'n', input);
      const values = initialLeaves(leaves, Random.seeded(2, 'r3gan'))['n/stage1/block1/expand/kernel'];
      return tf.moments(tf.tensor(values?.data ?? [])).variance.dataSync()[0] ?? Number.NaN;
    };
    // 2/(1 + 0.2²) / fan-in, times blocks^(-1/2) of all blocks: 2 or 32.
    expect(deviationOf(1)).toBeCloseTo(2 / 1.04 / 64 / Math.sqrt(2), 2.5);
    expect(deviationOf(1) / deviationOf(16)).toBeCloseTo(4, 0.5);
  });

  it('names groups that do not divide the channels within a block', () => {
    const options = network.options.parse({ ...small, groupSize: 16 });
    const reason = network.unsuitable(options, context);
    expect(reason === undefined ? '' : formatText(reason)).toBe(
      '"groupSize" 16 does not divide 8, the channels within a block: 4 times "expansion" 2',
    );
    expect(network.unsuitable(network.options.parse(small), context)).toBeUndefined();
    const deep = network.options.parse({ ...small, channels: [4, 4, 4, 4] });
    expect(network.unsuitable(deep, context)).toBeDefined();
  });
});
