import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { patchganDiscriminator } from '../gan/networks/patchgan';
import { zeros } from '../nn/initialisers';
import { batchNorm, conv2d, convTranspose2d, dense } from '../nn/layers';
import type { Network } from '../nn/scope';
import { declaredShape } from '../session/dataset';
import { gameTask } from '../session/task';
import { mermaidOf } from './mermaid';
import { summarise } from './summarise';
import { tableOf } from './table';

function summaryOf(network: Network, inputShape: readonly number[]) {
  return summarise({ root: 'network', network, inputShape, classes: 0 });
}

function ofExperiment(text: string) {
  const config = parseExperiment(text, 'test');
  return gameTask(config, declaredShape(config)).players.map(summarise);
}

it('counts parameters, operations and fields of each layer by hand', () => {
  const network: Network = (scope, x) => {
    const hidden = tf.relu(conv2d(scope, 'conv', x, { filters: 6, kernelSize: 5, strides: 2 }));
    const normed = batchNorm(scope, 'norm', hidden);
    return dense(scope, 'logit', tf.reshape(normed, [2, -1]), { units: 1 });
  };
  const { layers, parameters, statistics, flops, input, output } = summaryOf(network, [2, 8, 8, 3]);
  expect(layers).toEqual([
    {
      ...{ path: 'conv', kind: 'convolution', kernelSize: 5, stride: 2, output: [4, 4, 6] },
      ...{ parameters: 5 * 5 * 3 * 6 + 6, flops: 2 * 4 * 4 * 6 * 5 * 5 * 3, receptiveField: 5, inputs: [-1] },
    },
    {
      ...{ path: 'norm', kind: 'normalisation', output: [4, 4, 6] },
      ...{ parameters: 12, flops: 0, receptiveField: 5, inputs: [0] },
    },
    {
      ...{ path: 'logit', kind: 'dense', output: [1] },
      ...{ parameters: 97, flops: 2 * 96, receptiveField: 'all', inputs: [1] },
    },
  ]);
  expect({ parameters, statistics, flops, input, output }).toEqual({
    ...{ parameters: 456 + 12 + 97, statistics: 12, flops: 14_400 + 192 },
    ...{ input: [8, 8, 3], output: [1] },
  });
});

it('sees skip connections, and a transposed convolution as an upsampling', () => {
  const network: Network = (scope, x) => {
    const down = conv2d(scope, 'down', x, { filters: 4, kernelSize: 4, strides: 2 });
    const up = convTranspose2d(scope, 'up', tf.relu(down), { filters: 4, kernelSize: 4, strides: 2 });
    return conv2d(scope, 'last', tf.concat([up, x], 3), { filters: 1, kernelSize: 3 });
  };
  const { layers } = summaryOf(network, [1, 8, 8, 1]);
  expect(layers.map(({ path, inputs }) => [path, inputs])).toEqual([
    ['down', [-1]],
    ['up', [0]],
    ['last', [-1, 1]],
  ]);
  // 4 pixels; two taps of stride 2 see the neighbour 2 pixels on; then a 3×3 neighbourhood at single pixels.
  expect(layers.map(({ receptiveField }) => receptiveField)).toEqual([4, 6, 8]);
  expect(layers[1]?.flops).toBe(2 * 4 * 4 * 4 * 4 * 4 * 4);
});

it('names a nested layer by its scopes, and counts one that is applied twice once', () => {
  const network: Network = (scope, x) =>
    scope.layer('block', (block) => dense(block, 'a', dense(block, 'a', x, { units: 3 }), { units: 3 }));
  const { layers, parameters } = summaryOf(network, [1, 3]);
  expect(parameters).toBe(12);
  expect(layers.map(({ path, parameters: own }) => [path, own])).toEqual([
    ['block/a', 12],
    ['block/a', 0],
  ]);
});

it('shows parameters outside of any layer', () => {
  const network: Network = (scope, x) => tf.add(x, scope.parameter('shift', [3], zeros));
  expect(summaryOf(network, [1, 3]).layers).toMatchObject([{ path: '', kind: 'other', parameters: 3 }]);
});

it.each([
  [3, 70],
  [2, 34],
  [1, 16],
])(
  'sees the patches of a PatchGAN with %i strided layers (Isola et al. 2017, appendix 6.1.2)',
  (layers, side) => {
    const options = patchganDiscriminator.options.parse({ layers });
    const example = { kind: 'image', height: 64, width: 64, channels: 3 } as const;
    const network = patchganDiscriminator.build(options, { example, latentSize: 1 });
    expect(summaryOf(network, [1, 64, 64, 3]).layers.at(-1)?.receptiveField).toBe(side);
  },
);

it('writes a table and a flowchart', () => {
  const [generator] = ofExperiment('{ "data": { "source": "points2d" }, "model": "toy2d" }');
  if (generator === undefined) throw new Error('no generator');
  expect(tableOf(generator).split('\n')[0]).toBe('generator: 2 → 2, 33,666 parameters');
  const chart = mermaidOf([generator]);
  expect(chart).toMatch(/^flowchart TB\n {2}subgraph generator\n/);
  expect(chart).toContain('generator_in --> generator_0');
  expect(chart).toContain('generator_0["hidden1<br/>dense<br/>128"]');
});
