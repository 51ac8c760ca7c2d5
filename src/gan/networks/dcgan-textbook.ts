/**
 * The textbook convolutional GAN for 28×28 images, reproduced exactly for study and benchmarks. Its generator has only
 * one batch norm, and on data harder than digits its discriminator soon overpowers it.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { batchNorm, conv2d, convTranspose2d, dense, flatten, leakyRelu, relu } from '../../nn/layers';
import type { ExampleShape } from '../../shared/example-shape';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import { defineNetwork } from './network';

function unsuitable(example: ExampleShape): LocalizableText | undefined {
  if (example.kind === 'image' && example.height === 28 && example.width === 28 && example.channels === 1)
    return undefined;
  return localizable('it is made for 28×28 greyscale images; use "dcgan"');
}

/** Generator: `[batch, latentSize] -> [batch, 28, 28, 1]` in (-1, 1). */
export const textbookGenerator = defineNetwork({
  name: 'dcgan-textbook',
  role: 'generator',
  title: 'Textbook generator',
  description:
    'Dense layer of 7·7·128 units without bias, batch norm, ReLU, then transposed 5×5 convolutions: 128 filters at stride 1 and 64 at stride 2 with ReLU, 1 at stride 2 with tanh.',
  options: z.strictObject({}),
  unsuitable: (_options, { example }) => unsuitable(example),
  build: () => (scope, latents) => {
    const projected = dense(scope, 'project', latents, { units: 7 * 7 * 128, useBias: false });
    let x = relu(tf.reshape(batchNorm(scope, 'projectNorm', projected), [-1, 7, 7, 128]));
    x = relu(convTranspose2d(scope, 'up1', x, { filters: 128, kernelSize: 5, strides: 1 }));
    x = relu(convTranspose2d(scope, 'up2', x, { filters: 64, kernelSize: 5, strides: 2 }));
    return tf.tanh(convTranspose2d(scope, 'toImage', x, { filters: 1, kernelSize: 5, strides: 2 }));
  },
});

/** Discriminator: `[batch, 28, 28, 1] -> [batch, 1]` logits. */
export const textbookDiscriminator = defineNetwork({
  name: 'dcgan-textbook',
  role: 'discriminator',
  title: 'Textbook discriminator',
  description:
    '5×5 convolutions with 64 and 128 filters at stride 2 and leaky ReLU (slope 0.2), then a dense layer that outputs the logit.',
  options: z.strictObject({}),
  unsuitable: (_options, { example }) => unsuitable(example),
  build: () => (scope, images) => {
    let x = leakyRelu(conv2d(scope, 'down1', images, { filters: 64, kernelSize: 5, strides: 2 }));
    scope.tap('hidden1', x);
    x = leakyRelu(conv2d(scope, 'down2', x, { filters: 128, kernelSize: 5, strides: 2 }));
    scope.tap('hidden2', x);
    const features = flatten(x);
    scope.tap('features', features);
    return dense(scope, 'logit', features, { units: 1 });
  },
});
