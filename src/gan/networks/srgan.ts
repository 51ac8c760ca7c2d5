/**
 * The networks of SRGAN: a residual generator that upsamples at its end, and a discriminator of the high-resolution
 * image.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { heNormal, zeros } from '../../nn/initialisers';
import {
  conv2d,
  convTranspose2d,
  dense,
  depthToSpace,
  enlargeBicubic,
  flatten,
  leakyRelu,
  needsBias,
  norm,
  prelu,
} from '../../nn/layers';
import type { Scope } from '../../nn/scope';
import type { ImageShape } from '../../shared/example-shape';
import { localizable } from '../../shared/localizable-text';
import { divisionMisfit, NEEDS_IMAGES } from './fit';
import type { NetworkContext } from './network';
import { defineNetwork } from './network';
import {
  channelCountOption,
  channelsOption,
  hasScale,
  minibatchStddevOption,
  mixesExamples,
  normOption,
  withMinibatchStddev,
} from './options';

const PAPER =
  'Ledig et al. 2017, "Photo-Realistic Single Image Super-Resolution Using a Generative Adversarial Network", section 2.1, figure 4';

/** Number of times the input image must be doubled; undefined if no number of doublings gives the output size. */
function doublingsOf({ example, input }: NetworkContext): number | undefined {
  if (example.kind === 'points' || input === undefined) return undefined;
  const doublings = Math.log2(example.height / input.height);
  return Number.isInteger(doublings) && doublings > 0 && input.width * 2 ** doublings === example.width
    ? doublings
    : undefined;
}

/** Generator: `[batch, height, width, channels] -> [batch, 2ⁿ·height, 2ⁿ·width, channels]`. */
export const srresnetGenerator = defineNetwork({
  name: 'srresnet',
  role: 'generator',
  title: 'SRResNet',
  description:
    'Residual blocks at input resolution, then sub-pixel convolutions that upsample to the target size. Unlike in the paper, the network predicts the difference from bicubic upsampling; samples are clipped to [-1, 1].',
  paper: PAPER,
  options: z.strictObject({
    channels: channelCountOption('Channels of every layer.'),
    blocks: z.int().min(1).max(64).default(16).describe('Number of residual blocks of two convolutions.'),
    norm: normOption('batch', 'after each convolution of a block'),
  }),
  normalises: hasScale,
  startsFrom: 'image',
  unsuitable(_options, context) {
    const { example, input } = context;
    if (example.kind === 'points') return NEEDS_IMAGES;
    if (input === undefined) return localizable('it enlarges images, and this data has no input images');
    if (input.channels !== example.channels)
      return localizable(
        'it keeps the number of channels, and inputs have {0}, targets {1}',
        input.channels,
        example.channels,
      );
    return doublingsOf(context) === undefined
      ? localizable(
          'it enlarges images by a power of 2, and inputs are {0}×{1}, targets {2}×{3}',
          input.width,
          input.height,
          example.width,
          example.height,
        )
      : undefined;
  },
  build(options, context) {
    const { example } = context;
    const doublings = doublingsOf(context);
    if (example.kind === 'points' || doublings === undefined)
      throw new TypeError('SRResNet was not asked whether it suits');
    const { channels: filters, norm: kind } = options;
    const convolution = { filters, kernelSize: 3, initialiser: heNormal };
    const normalised = { ...convolution, useBias: needsBias(kind) };
    const residual = (scope: Scope, name: string, x: tf.Tensor): tf.Tensor =>
      scope.layer(name, (block) => {
        let h = norm(block, 'norm1', conv2d(block, 'conv1', x, normalised), kind);
        h = conv2d(block, 'conv2', prelu(block, 'prelu', h), normalised);
        return tf.add(x, norm(block, 'norm2', h, kind));
      });
    return (scope, images) => {
      const first = prelu(
        scope,
        'prelu',
        conv2d(scope, 'fromImage', images, { ...convolution, kernelSize: 9 }),
      );
      let x = first;
      for (let i = 1; i <= options.blocks; i++) x = residual(scope, `block${i}`, x);
      x = tf.add(first, norm(scope, 'norm', conv2d(scope, 'conv', x, normalised), kind));
      for (let i = 1; i <= doublings; i++) {
        const expanded = conv2d(scope, `up${i}`, x, { ...convolution, filters: 4 * filters });
        x = prelu(scope, `upPrelu${i}`, depthToSpace(expanded, 2));
      }
      // A transposed convolution of stride 1 is a mirrored convolution, and much faster for few output channels.
      const detail = convTranspose2d(scope, 'toImage', x, {
        filters: example.channels,
        kernelSize: 9,
        initialiser: zeros,
      });
      const made = tf.add(detail, enlargeBicubic(imageIn(images, example), example.height, example.width));
      // In training, clipping would leave out-of-range values without a gradient.
      return scope.mode === 'sample' ? tf.clipByValue(made, -1, 1) : made;
    };
  },
});

/** The input image without extra channels, such as one-hot class planes. */
function imageIn(given: tf.Tensor, { channels }: ImageShape): tf.Tensor {
  const [batch = 1, height = 1, width = 1, all = channels] = given.shape;
  return all === channels ? given : tf.slice(given, [0, 0, 0, 0], [batch, height, width, channels]);
}

/** Discriminator: `[batch, height, width, channels] -> [batch, 1]` logits. */
export const srganDiscriminator = defineNetwork({
  name: 'srgan',
  role: 'discriminator',
  title: 'SRGAN discriminator',
  description:
    'Pairs of 3×3 convolutions with leaky ReLU, the second with stride 2, followed by a dense layer and the logit.',
  paper: PAPER,
  options: z.strictObject({
    channels: channelsOption('Channels of each pair of convolutions, first to last.').default([
      64, 128, 256, 512,
    ]),
    units: z.int().min(1).max(8192).default(1024).describe('Units of the dense layer before the logit.'),
    norm: normOption('batch', 'after each convolution except the first'),
    minibatchStddev: minibatchStddevOption,
  }),
  mixesExamples,
  unsuitable: (options, { example }) =>
    example.kind === 'image' && Math.min(example.height, example.width) < 2 ** options.channels.length
      ? localizable(
          'images of {0}×{1} cannot be halved {2} times; list fewer "channels"',
          example.width,
          example.height,
          options.channels.length,
        )
      : divisionMisfit(0, example),
  build: (options) => (scope, images) => {
    let x = images;
    options.channels.forEach((filters, i) => {
      for (const strides of [1, 2]) {
        const layer = 2 * i + strides;
        const useBias = layer === 1 || needsBias(options.norm);
        x = conv2d(scope, `conv${layer}`, x, {
          filters,
          kernelSize: 3,
          strides,
          useBias,
          initialiser: heNormal,
        });
        if (layer > 1) x = norm(scope, `norm${layer}`, x, options.norm);
        x = leakyRelu(x);
        scope.tap(`hidden${layer}`, x);
      }
    });
    const last = flatten(withMinibatchStddev(scope, x, options));
    const features = leakyRelu(dense(scope, 'dense', last, { units: options.units }));
    scope.tap('features', features);
    return dense(scope, 'logit', features, { units: 1 });
  },
});
