/** Residual networks as in SNGAN, for any size that can be halved; usually combined with spectral normalisation. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Initialiser } from '../../nn/initialisers';
import { glorotUniform, glorotWithGain, INITIALISERS, initialiserNamed } from '../../nn/initialisers';
import type { Normalisation } from '../../nn/layers';
import {
  averagePool,
  conv2d,
  convMeanPool,
  convTranspose2d,
  dense,
  needsBias,
  norm,
  relu,
  selfAttention,
  upsampleConv,
  upsampleNearest,
} from '../../nn/layers';
import type { Scope } from '../../nn/scope';
import { localizable } from '../../shared/localizable-text';
import { divisionMisfit } from './fit';
import { defineNetwork } from './network';
import {
  attentionOption,
  channelsOption,
  hasScale,
  minibatchStddevOption,
  mixesExamples,
  normOption,
  withMinibatchStddev,
} from './options';

const PAPER =
  'Miyato et al. 2018, "Spectral Normalization for Generative Adversarial Networks", appendix B.4; attention: Zhang et al. 2019';

const initialiser = z
  .enum(INITIALISERS)
  .default('glorot')
  .describe(
    'Initialiser of the weights: "glorot" as in the paper, with a gain of √2 in residual branches; "he"; "normal" with standard deviation 0.02; or "orthogonal" (Brock et al. 2019).',
  );

interface Weights {
  readonly residual: Initialiser;
  readonly other: Initialiser;
}

function weightsOf(name: z.output<typeof initialiser>): Weights {
  if (name === 'glorot') return { residual: glorotWithGain(Math.SQRT2), other: glorotUniform };
  const same = initialiserNamed(name);
  return { residual: same, other: same };
}

interface Block {
  readonly filters: number;
  readonly norm: Normalisation;
  readonly weights: Weights;
}

/** Doubles the image size. The shortcut's 1×1 convolution comes before the upsampling, with which it commutes. */
function upBlock(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { filters, norm: kind, weights }: Block,
): tf.Tensor {
  return scope.layer(name, (block) => {
    let h = relu(norm(block, 'norm1', x, kind));
    h = upsampleConv(block, 'conv1', h, {
      filters,
      kernelSize: 3,
      useBias: needsBias(kind),
      initialiser: weights.residual,
    });
    h = relu(norm(block, 'norm2', h, kind));
    h = conv2d(block, 'conv2', h, {
      filters,
      kernelSize: 3,
      useBias: needsBias(kind),
      initialiser: weights.residual,
    });
    const shortcut = conv2d(block, 'shortcut', x, {
      filters,
      kernelSize: 1,
      useBias: false,
      initialiser: weights.other,
    });
    return tf.add(h, upsampleNearest(shortcut));
  });
}

interface DownBlock extends Block {
  readonly isFirst: boolean;
  readonly halves: boolean;
}

function downBlock(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { filters, norm: kind, weights, isFirst, halves }: DownBlock,
): tf.Tensor {
  return scope.layer(name, (block) => {
    const convolution = { filters, kernelSize: 3, initialiser: weights.residual };
    let h = isFirst ? x : relu(norm(block, 'norm1', x, kind));
    h = conv2d(block, 'conv1', h, convolution);
    h = relu(norm(block, 'norm2', h, kind));
    h = halves ? convMeanPool(block, 'conv2', h, convolution) : conv2d(block, 'conv2', h, convolution);
    if (!halves && x.shape.at(-1) === filters) return tf.add(h, x);
    const shortcut = conv2d(block, 'shortcut', halves ? averagePool(x) : x, {
      filters,
      kernelSize: 1,
      useBias: false,
      initialiser: weights.other,
    });
    return tf.add(h, shortcut);
  });
}

/** Generator: `[batch, latentSize] -> [batch, height, width, channels]` in (-1, 1). */
export const resnetGenerator = defineNetwork({
  name: 'resnet',
  role: 'generator',
  title: 'ResNet generator',
  description:
    'A dense layer, then residual blocks that upsample to the image size: [256, 256, 256, 256] from 4×4 to 32×32, [1024, 512, 256, 128, 64] from 4×4 to 64×64.',
  paper: PAPER,
  options: z.strictObject({
    channels: channelsOption(
      'Channels after the dense layer and after each upsampling: [128, 128, 128] goes 7×7 → 14×14 → 28×28.',
    )
      .min(2)
      .default([128, 128, 128]),
    norm: normOption('batch', 'before each activation'),
    attention: attentionOption('upsampling'),
    initialiser,
  }),
  normalises: hasScale,
  unsuitable: ({ channels, attention }, { example }) =>
    attention >= channels.length
      ? localizable('"attention" is {0}, and the network has only {1} blocks', attention, channels.length - 1)
      : divisionMisfit(channels.length - 1, example),
  build(options, { example }) {
    if (example.kind === 'points') throw new TypeError('the ResNet generator makes images');
    const [first = 128, ...doublings] = options.channels;
    const height = example.height / 2 ** doublings.length;
    const width = example.width / 2 ** doublings.length;
    const weights = weightsOf(options.initialiser);
    return (scope, latents) => {
      const units = height * width * first;
      const projected = dense(scope, 'project', latents, { units, initialiser: weights.other });
      let x = tf.reshape(projected, [-1, height, width, first]);
      doublings.forEach((filters, i) => {
        x = upBlock(scope, `block${i + 1}`, x, { filters, norm: options.norm, weights });
        if (options.attention === i + 1) x = selfAttention(scope, 'attention', x);
      });
      x = relu(norm(scope, 'outputNorm', x, options.norm));
      return tf.tanh(
        convTranspose2d(scope, 'toImage', x, {
          filters: example.channels,
          kernelSize: 3,
          initialiser: weights.other,
        }),
      );
    };
  },
});

/** Discriminator: `[batch, height, width, channels] -> [batch, 1]` logits. */
export const resnetDiscriminator = defineNetwork({
  name: 'resnet',
  role: 'discriminator',
  title: 'ResNet discriminator',
  description:
    'Residual blocks, the first ones with average pooling, followed by global sum pooling and a dense layer that outputs the logit.',
  paper: PAPER,
  options: z.strictObject({
    channels: channelsOption('Channels of each block, first to last.').default([128, 128, 128, 128]),
    halvings: z
      .int()
      .min(1)
      .max(10)
      .default(2)
      .describe('Number of blocks that downsample, starting with the first.'),
    norm: normOption('none', 'before each activation except the first'),
    attention: attentionOption('block'),
    initialiser,
    minibatchStddev: minibatchStddevOption,
  }),
  mixesExamples,
  unsuitable({ channels, halvings, attention }, { example }) {
    if (halvings > channels.length)
      return localizable('"halvings" is {0}, and the network has only {1} blocks', halvings, channels.length);
    if (attention > channels.length)
      return localizable(
        '"attention" is {0}, and the network has only {1} blocks',
        attention,
        channels.length,
      );
    return divisionMisfit(halvings, example);
  },
  build: (options) => (scope, images) => {
    const weights = weightsOf(options.initialiser);
    let x = images;
    options.channels.forEach((filters, i) => {
      const halves = i < options.halvings;
      const block = { filters, norm: options.norm, weights, isFirst: i === 0, halves };
      x = downBlock(scope, `block${i + 1}`, x, block);
      if (options.attention === i + 1) x = selfAttention(scope, 'attention', x);
      scope.tap(`hidden${i + 1}`, x);
    });
    const features = tf.sum(withMinibatchStddev(scope, relu(x), options), [1, 2]);
    scope.tap('features', features);
    return dense(scope, 'logit', features, { units: 1, initialiser: weights.other });
  },
});
