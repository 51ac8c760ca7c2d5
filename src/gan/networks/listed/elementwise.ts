/** Layers that keep each value in its place: activations, normalisation, dropout and minibatch standard deviation. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { batchNorm, dropout, leakyRelu, minibatchStddev, norm, prelu, relu } from '../../../nn/layers';
import type { Scope } from '../../../nn/scope';
import { dropoutOption, normOption } from '../options';
import { defineLayer } from './layer';

const FUNCTIONS = ['relu', 'leaky-relu', 'prelu', 'tanh', 'sigmoid', 'softplus'] as const;

function activate(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { function: kind, slope }: { function: (typeof FUNCTIONS)[number]; slope: number },
): tf.Tensor {
  switch (kind) {
    case 'relu':
      return relu(x);
    case 'leaky-relu':
      return leakyRelu(x, slope);
    case 'prelu':
      return prelu(scope, name, x);
    case 'tanh':
      return tf.tanh(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'softplus':
      return tf.softplus(x);
  }
}

export const activationLayer = defineLayer({
  name: 'activation',
  title: 'Activation',
  description: 'Element-wise activation.',
  options: z.strictObject({
    function: z.enum(FUNCTIONS).describe('Activation function. "prelu" learns its negative slope.'),
    slope: z.number().min(0).max(1).default(0.2).describe('Negative slope of "leaky-relu".'),
  }),
  takes: 'anything',
  apply: activate,
});

export const normLayer = defineLayer({
  name: 'norm',
  title: 'Normalisation',
  description: 'Normalisation with a trainable scale and shift per channel.',
  options: z.strictObject({ by: normOption('batch', 'of the input') }),
  takes: 'anything',
  apply: (scope, name, x, { by }) => norm(scope, name, x, by),
});

export const batchNormLayer = defineLayer({
  name: 'batch-norm',
  title: 'Batch normalisation',
  description: 'Batch normalisation (Ioffe & Szegedy 2015) with options; "norm" has the usual ones.',
  options: z.strictObject({
    momentum: z
      .number()
      .min(0)
      .max(0.9999)
      .default(0.9)
      .describe(
        'Weight of the previous running statistics in each update, as in Keras. In PyTorch, `momentum` is 1 minus this.',
      ),
    epsilon: z
      .number()
      .min(1e-8)
      .max(1)
      .default(1e-5)
      .describe('Added to the variance. A large one, such as 0.8, normalises little.'),
  }),
  takes: 'anything',
  apply: batchNorm,
});

export const dropoutLayer = defineLayer({
  name: 'dropout',
  title: 'Dropout',
  description: 'Dropout, in training only.',
  options: z.strictObject({ rate: dropoutOption(0.5, 'of the input') }),
  takes: 'anything',
  apply: (scope, name, x, { rate }) => dropout(scope, name, x, rate),
});

export const minibatchStddevLayer = defineLayer({
  name: 'minibatch-stddev',
  title: 'Minibatch standard deviation',
  description:
    'Appends a channel that says how much the examples of a group differ (Karras et al. 2018, "Progressive Growing of GANs", section 3), for discriminators.',
  options: z.strictObject({
    groupSize: z
      .int()
      .min(2)
      .max(65536)
      .default(4)
      .describe('Examples in a group; must divide the batch size.'),
  }),
  takes: 'anything',
  apply: minibatchStddev,
});
