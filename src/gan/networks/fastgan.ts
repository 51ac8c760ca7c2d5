/**
 * The networks of FastGAN, for few images: a shallow generator in which small feature maps gate the channels of large
 * ones, and a discriminator of residual halvings that judges patches. The decoders of the paper's discriminator are the
 * regulariser `reconstruction`.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { dcganNormal } from '../../nn/initialisers';
import {
  averagePool,
  conv2d,
  dense,
  flatten,
  glu,
  leakyRelu,
  type Normalisation,
  needsBias,
  norm,
  upsampleConv,
} from '../../nn/layers';
import type { Scope } from '../../nn/scope';
import { localizable } from '../../shared/localizable-text';
import { divisionMisfit } from './fit';
import { defineNetwork } from './network';
import {
  channelsOption,
  hasScale,
  minibatchStddevOption,
  mixesExamples,
  normOption,
  withMinibatchStddev,
} from './options';

const PAPER =
  'Liu et al. 2021, "Towards Faster and Stabilized GAN Training for High-fidelity Few-shot Image Synthesis"';

/** Slope of the activation within an excitation. */
const EXCITATION_SLOPE = 0.1;

/**
 * Skip-layer excitation (equation 1): the channels of a large feature map, each multiplied by a factor between 0 and 1
 * that is computed from a small one.
 *
 * @param halvings from the small map to the size at which it is read as a whole, 4×4 in the paper
 */
export function excited(
  scope: Scope,
  name: string,
  large: tf.Tensor,
  small: tf.Tensor,
  halvings: number,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    let pooled = small;
    for (let i = 0; i < halvings; i++) pooled = averagePool(pooled);
    const units = large.shape.at(-1) ?? 1;
    const read = { units, useBias: false, initialiser: dcganNormal };
    const squeezed = leakyRelu(dense(layer, 'squeeze', flatten(pooled), read), EXCITATION_SLOPE);
    const factors = tf.sigmoid(dense(layer, 'excite', squeezed, read));
    return tf.mul(large, tf.reshape(factors, [-1, 1, 1, units]));
  });
}

/** Generator: `[batch, latentSize] -> [batch, height, width, channels]` in (-1, 1). */
export const fastganGenerator = defineNetwork({
  name: 'fastgan',
  role: 'generator',
  title: 'FastGAN generator',
  description:
    'One convolution with batch normalisation and gated linear units at each size, after nearest-neighbour upsampling. Small feature maps gate the channels of large ones (skip-layer excitation).',
  paper: `${PAPER}, section 3.1`,
  options: z.strictObject({
    channels: channelsOption(
      'Channels at each size, smallest first: [256, 128, 64, 32, 32] goes 4×4 → 8×8 → 16×16 → 32×32 → 64×64.',
    )
      .min(2)
      .default([256, 128, 64, 32, 32]),
    excitation: z
      .int()
      .min(1)
      .max(9)
      .default(4)
      .describe(
        'Doublings between the two feature maps of an excitation: 4 from 4×4 to 64×64 and from 8×8 to 128×128.',
      ),
    norm: normOption('batch', 'after each convolution'),
  }),
  normalises: hasScale,
  unsuitable: ({ channels, excitation }, { example }) =>
    excitation >= channels.length
      ? localizable(
          '"excitation" is {0}, and the network doubles images only {1} times',
          excitation,
          channels.length - 1,
        )
      : divisionMisfit(channels.length - 1, example),
  build({ channels, excitation, norm: kind }, { example }) {
    if (example.kind === 'points') throw new TypeError('the FastGAN generator makes images');
    const [first = 256, ...doublings] = channels;
    const height = example.height / 2 ** doublings.length;
    const width = example.width / 2 ** doublings.length;
    const weights = { useBias: needsBias(kind), initialiser: dcganNormal };
    return (scope, latents) => {
      const projected = dense(scope, 'project', latents, { units: height * width * 2 * first, ...weights });
      const maps = [
        glu(norm(scope, 'projectNorm', tf.reshape(projected, [-1, height, width, 2 * first]), kind)),
      ];
      doublings.forEach((count, i) => {
        const before = maps[i] ?? latents;
        let x = upsampleConv(scope, `up${i + 1}`, before, { filters: 2 * count, kernelSize: 3, ...weights });
        x = glu(norm(scope, `norm${i + 1}`, x, kind));
        const halvings = i + 1 - excitation;
        const small = maps[halvings];
        maps.push(small === undefined ? x : excited(scope, `excitation${i + 1}`, x, small, halvings));
      });
      return tf.tanh(
        conv2d(scope, 'toImage', maps.at(-1) ?? latents, {
          filters: example.channels,
          kernelSize: 3,
          initialiser: dcganNormal,
        }),
      );
    };
  },
});

/** The mean of two halvings: of two convolutions, and of average pooling with a 1×1 convolution. */
function halved(scope: Scope, name: string, x: tf.Tensor, filters: number, kind: Normalisation): tf.Tensor {
  return scope.layer(name, (block) => {
    const convolution = (part: string, from: tf.Tensor, kernelSize: number, strides = 1): tf.Tensor => {
      const useBias = needsBias(kind);
      const result = conv2d(block, part, from, {
        filters,
        kernelSize,
        strides,
        useBias,
        initialiser: dcganNormal,
      });
      return leakyRelu(norm(block, `${part}Norm`, result, kind));
    };
    const deep = convolution('conv2', convolution('conv1', x, 4, 2), 3);
    return tf.mul(tf.add(deep, convolution('shortcut', averagePool(x), 1)), 0.5);
  });
}

/** Discriminator: `[batch, height, width, channels] -> [batch, rows, columns, 1]` logits. */
export const fastganDiscriminator = defineNetwork({
  name: 'fastgan',
  role: 'discriminator',
  title: 'FastGAN discriminator',
  description:
    'Halvings, each the mean of two convolutions and of average pooling, that output one logit per position of the last feature map. Used with the regulariser "reconstruction".',
  paper: `${PAPER}, section 3.2 and appendix`,
  options: z.strictObject({
    channels: channelsOption(
      'Channels at each size, largest first: [32, 64, 128, 256] goes 64×64 → 32×32 → 16×16 → 8×8.',
    )
      .min(2)
      .default([32, 64, 128, 256]),
    norm: normOption('batch', 'after each convolution except the first'),
    minibatchStddev: minibatchStddevOption,
  }),
  judgesPatches: true,
  mixesExamples,
  unsuitable: ({ channels }, { example }) => divisionMisfit(channels.length - 1, example),
  build: (options) => (scope, images) => {
    const [first = 32, ...halvings] = options.channels;
    const { norm: kind } = options;
    let x = leakyRelu(
      conv2d(scope, 'fromImage', images, { filters: first, kernelSize: 3, initialiser: dcganNormal }),
    );
    scope.tap('hidden1', x);
    halvings.forEach((filters, i) => {
      x = halved(scope, `down${i + 1}`, x, filters, kind);
      scope.tap(`hidden${i + 2}`, x);
    });
    const filters = options.channels.at(-1) ?? first;
    const useBias = needsBias(kind);
    const mixed = conv2d(scope, 'mix', withMinibatchStddev(scope, x, options), {
      filters,
      kernelSize: 1,
      useBias,
      initialiser: dcganNormal,
    });
    const last = leakyRelu(norm(scope, 'mixNorm', mixed, kind));
    return conv2d(scope, 'logits', last, {
      filters: 1,
      kernelSize: 4,
      useBias: false,
      initialiser: dcganNormal,
    });
  },
});
