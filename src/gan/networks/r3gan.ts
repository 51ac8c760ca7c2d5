/**
 * The networks of R3GAN: residual networks without normalisation, which start as linear maps because the last
 * convolution of each block is zero, and which resample with short binomial filters.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { fanInNormal, type Initialiser, normalOf, zeros } from '../../nn/initialisers';
import {
  conv2d,
  dense,
  downsampleBinomial,
  groupedConv2d,
  leakyRelu,
  upsampleBinomial,
} from '../../nn/layers';
import type { Scope } from '../../nn/scope';
import type { ExampleShape } from '../../shared/example-shape';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import { divisionMisfit } from './fit';
import { defineNetwork } from './network';
import { channelsOption, minibatchStddevOption, mixesExamples, withMinibatchStddev } from './options';

const PAPER =
  'Huang et al. 2024, "The GAN is dead; long live the GAN! A Modern Baseline GAN", section 4 and appendix';

/** Slope of the activation on its negative side. */
const SLOPE = 0.2;
/** Keeps the size of activations through the activation (He et al. 2015, section 2.2). */
const ACTIVATION_GAIN = Math.sqrt(2 / (1 + SLOPE ** 2));
/** Convolutions in a residual branch. */
const LAYERS = 3;

const linear = fanInNormal(1);

const blockOptions = {
  blocks: z.int().min(1).max(16).default(1).describe('Residual blocks at each size; the paper uses 2.'),
  expansion: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .describe('Channels within a block, as a multiple of the channels outside.'),
  groupSize: z
    .int()
    .min(1)
    .max(4096)
    .default(16)
    .describe(
      'Channels in each group of the 3×3 convolution, which must divide the channels within a block.',
    ),
};

interface BlockOptions {
  readonly channels: readonly number[];
  readonly blocks: number;
  readonly expansion: number;
  readonly groupSize: number;
}

function unsuitable(
  { channels, expansion, groupSize }: BlockOptions,
  example: ExampleShape,
): LocalizableText | undefined {
  const undivided = channels.find((count) => (count * expansion) % groupSize !== 0);
  return undivided === undefined
    ? divisionMisfit(channels.length - 1, example)
    : localizable(
        '"groupSize" {0} does not divide {1}, the channels within a block: {2} times "expansion" {3}',
        groupSize,
        undivided * expansion,
        undivided,
        expansion,
      );
}

/**
 * Initialiser of the first two convolutions of a block: the more blocks there are, the smaller, so that the size of an
 * update does not grow with the depth (Zhang et al. 2019, "Fixup Initialization", section 3).
 */
function branchInitialiser({ channels, blocks }: BlockOptions): Initialiser {
  return fanInNormal(ACTIVATION_GAIN * (channels.length * blocks) ** (-1 / (2 * LAYERS - 2)));
}

/** The blocks at one size, each `x + 1×1(3×3 in groups(1×1(x)))`. */
function blocksAt(scope: Scope, name: string, x: tf.Tensor, options: BlockOptions): tf.Tensor {
  const channels = x.shape.at(-1) ?? 1;
  const filters = channels * options.expansion;
  const initialiser = branchInitialiser(options);
  return scope.layer(name, (stage) => {
    let result = x;
    for (let i = 1; i <= options.blocks; i++)
      result = stage.layer(`block${i}`, (block) => {
        const wide = leakyRelu(
          conv2d(block, 'expand', result, { filters, kernelSize: 1, initialiser }),
          SLOPE,
        );
        const groups = filters / options.groupSize;
        const mixed = groupedConv2d(block, 'mix', wide, { filters, kernelSize: 3, groups, initialiser });
        const change = conv2d(block, 'reduce', leakyRelu(mixed, SLOPE), {
          filters: channels,
          kernelSize: 1,
          useBias: false,
          initialiser: zeros,
        });
        return tf.add(result, change);
      });
    return result;
  });
}

/** A 1×1 convolution without activation; none where the channels stay the same. */
function withChannels(scope: Scope, name: string, x: tf.Tensor, filters: number): tf.Tensor {
  if (x.shape.at(-1) === filters) return x;
  return conv2d(scope, name, x, { filters, kernelSize: 1, useBias: false, initialiser: linear });
}

/** Generator: `[batch, latentSize] -> [batch, height, width, channels]`. */
export const r3ganGenerator = defineNetwork({
  name: 'r3gan',
  role: 'generator',
  title: 'R3GAN generator',
  description:
    'A learned image for each channel, weighted by the latent, then residual blocks with grouped convolutions at each size and linear interpolation between the sizes. No normalisation, and no tanh at the end; samples are clipped to [-1, 1].',
  paper: PAPER,
  options: z.strictObject({
    channels: channelsOption(
      'Channels at each size, smallest first: [96, 64, 32] goes 7×7 → 14×14 → 28×28.',
    ).default([96, 64, 32]),
    ...blockOptions,
  }),
  unsuitable: (options, { example }) => unsuitable(options, example),
  build(options, { example }) {
    if (example.kind === 'points') throw new TypeError('the R3GAN generator makes images');
    const [first = 96, ...doublings] = options.channels;
    const height = example.height / 2 ** doublings.length;
    const width = example.width / 2 ** doublings.length;
    return (scope, latents) => {
      const weights = dense(scope, 'project', latents, {
        units: first,
        useBias: false,
        initialiser: linear,
      });
      const images = scope.layer('basis', (basis) =>
        basis.parameter('images', [height, width, first], normalOf(1)),
      );
      let x = tf.mul(images, tf.reshape(weights, [-1, 1, 1, first]));
      x = blocksAt(scope, 'stage1', x, options);
      doublings.forEach((filters, i) => {
        x = upsampleBinomial(withChannels(scope, `up${i + 1}`, x, filters));
        x = blocksAt(scope, `stage${i + 2}`, x, options);
      });
      return conv2d(scope, 'toImage', x, {
        filters: example.channels,
        kernelSize: 1,
        useBias: false,
        initialiser: linear,
      });
    };
  },
});

/** Discriminator: `[batch, height, width, channels] -> [batch, 1]` logits. */
export const r3ganDiscriminator = defineNetwork({
  name: 'r3gan',
  role: 'discriminator',
  title: 'R3GAN discriminator',
  description:
    'Residual blocks with grouped convolutions at each size and [1, 2, 1] filters between the sizes, then a learned weight for each pixel of each channel, and a dense layer that outputs the logit. No normalisation.',
  paper: PAPER,
  options: z.strictObject({
    channels: channelsOption(
      'Channels at each size, largest first: [32, 64, 96] goes 28×28 → 14×14 → 7×7.',
    ).default([32, 64, 96]),
    ...blockOptions,
    minibatchStddev: minibatchStddevOption,
  }),
  mixesExamples,
  unsuitable: (options, { example }) => unsuitable(options, example),
  build: (options) => (scope, images) => {
    const [first = 32] = options.channels;
    let x = conv2d(scope, 'fromImage', images, {
      filters: first,
      kernelSize: 1,
      useBias: false,
      initialiser: linear,
    });
    options.channels.forEach((filters, i) => {
      if (i > 0) x = withChannels(scope, `down${i}`, downsampleBinomial(x), filters);
      x = blocksAt(scope, `stage${i + 1}`, x, options);
      scope.tap(`hidden${i + 1}`, x);
    });
    x = withMinibatchStddev(scope, x, options);
    const [, height = 1, width = 1, channels = 1] = x.shape;
    const weights = scope.layer('basis', (basis) =>
      basis.parameter('weights', [height, width, channels], normalOf(1 / Math.sqrt(height * width))),
    );
    const features = tf.sum(tf.mul(x, weights), [1, 2]);
    scope.tap('features', features);
    return dense(scope, 'logit', features, { units: 1, useBias: false, initialiser: linear });
  },
});
