/** The discriminator of StyleGAN2. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { downsampleFir, equalisedConv2d, equalisedDense, flatten, scaledLeakyRelu } from '../../../nn/layers';
import type { Scope } from '../../../nn/scope';
import { divisionMisfit } from '../fit';
import { defineNetwork } from '../network';
import { channelsOption, minibatchStddevOption, mixesExamples, withMinibatchStddev } from '../options';
import { PAPER } from './paper';

/** Discriminator: `[batch, height, width, channels] -> [batch, 1]` logits. */
export const stylegan2Discriminator = defineNetwork({
  name: 'stylegan2',
  role: 'discriminator',
  title: 'StyleGAN2 discriminator',
  description:
    'Residual blocks with blurred downsampling, the standard deviation of groups of images, and two dense layers, the last of which outputs the logit. All layers have an equalised learning rate.',
  paper: PAPER,
  options: z.strictObject({
    channels: channelsOption(
      'Channels at each size, largest first: [32, 48, 64] goes 28×28 → 14×14 → 7×7.',
    ).default([32, 48, 64]),
    minibatchStddev: minibatchStddevOption.default(4),
  }),
  mixesExamples,
  unsuitable: ({ channels }, { example }) => divisionMisfit(channels.length - 1, example),
  build: (options) => (scope, images) => {
    const [first = 32, ...halvings] = options.channels;
    let x = scaledLeakyRelu(equalisedConv2d(scope, 'fromImage', images, { filters: first, kernelSize: 1 }));
    scope.tap('hidden1', x);
    halvings.forEach((filters, i) => {
      x = residualBlock(scope, `block${i + 1}`, x, filters);
      scope.tap(`hidden${i + 2}`, x);
    });
    const units = options.channels.at(-1) ?? first;
    const mixed = withMinibatchStddev(scope, x, options);
    x = scaledLeakyRelu(equalisedConv2d(scope, 'last', mixed, { filters: units, kernelSize: 3 }));
    const features = scaledLeakyRelu(equalisedDense(scope, 'dense', flatten(x), { units }));
    return equalisedDense(scope, 'logit', scope.tap('features', features), { units: 1 });
  },
});

/** Halves the image, with a shortcut (figure 7c of the paper). */
function residualBlock(scope: Scope, name: string, x: tf.Tensor, filters: number): tf.Tensor {
  return scope.layer(name, (block) => {
    const channels = x.shape.at(-1) ?? 1;
    let h = scaledLeakyRelu(equalisedConv2d(block, 'conv1', x, { filters: channels, kernelSize: 3 }));
    h = scaledLeakyRelu(equalisedConv2d(block, 'conv2', h, { filters, kernelSize: 3, halves: true }));
    const shortcut = equalisedConv2d(block, 'shortcut', downsampleFir(x), {
      filters,
      kernelSize: 1,
      useBias: false,
    });
    return tf.mul(tf.add(h, shortcut), Math.SQRT1_2);
  });
}
