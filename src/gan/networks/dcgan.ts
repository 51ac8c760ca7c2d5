/** The convolutional networks of DCGAN (Radford et al. 2016), sized for images of 28, 32 or 64 pixels. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { dcganNormal, normalOf } from '../../nn/initialisers';
import {
  conv2d,
  convMeanPool,
  dense,
  dropout,
  flatten,
  leakyRelu,
  type Normalisation,
  needsBias,
  norm,
  relu,
} from '../../nn/layers';
import { localizable } from '../../shared/localizable-text';
import { divisionMisfit } from './fit';
import { defineNetwork } from './network';
import {
  channelsOption,
  dropoutOption,
  hasScale,
  minibatchStddevOption,
  mixesExamples,
  normOption,
  withMinibatchStddev,
} from './options';
import { UPSAMPLINGS, upsample } from './upsampling';

const GAMMA = normalOf(0.02, 1);

const kernelSize = z
  .int()
  .min(2)
  .max(9)
  .default(5)
  .describe('Height and width of the convolution kernels; 5 suits 28 pixels, 4 divides evenly at stride 2.');

/** Generator: `[batch, latentSize] -> [batch, height, width, channels]` in (-1, 1). */
export const dcganGenerator = defineNetwork({
  name: 'dcgan',
  role: 'generator',
  title: 'DCGAN generator',
  description:
    'A dense layer, then transposed convolutions that upsample to the image size, with batch normalisation and ReLU after each hidden layer and tanh at the end.',
  paper:
    'Radford et al. 2016, "Unsupervised Representation Learning with Deep Convolutional GANs", section 3',
  options: z.strictObject({
    channels: channelsOption(
      'Channels after the dense layer and after each upsampling except the last: [128, 64] goes 7×7 → 14×14 → 28×28.',
    ).default([128, 64]),
    kernelSize,
    norm: normOption('batch', 'after each hidden layer'),
    upsampling: z
      .enum(UPSAMPLINGS)
      .default('transposed')
      .describe(
        'How images are upsampled: transposed convolution, nearest-neighbour upsampling before a convolution (no checkerboard artefacts), or sub-pixel convolution.',
      ),
  }),
  normalises: hasScale,
  unsuitable: (options, { example }) => divisionMisfit(options.channels.length, example),
  build(options, { example }) {
    if (example.kind === 'points') throw new TypeError('the DCGAN generator makes images');
    const [first = 128, ...rest] = options.channels;
    const factor = 2 ** options.channels.length;
    const height = example.height / factor;
    const width = example.width / factor;
    return (scope, latents) => {
      const projected = dense(scope, 'project', latents, {
        units: height * width * first,
        useBias: needsBias(options.norm),
        initialiser: dcganNormal,
      });
      let x = tf.reshape(projected, [-1, height, width, first]);
      x = relu(norm(scope, 'projectNorm', x, options.norm, { gammaInitialiser: GAMMA }));
      rest.forEach((filters, i) => {
        x = upsample(scope, `up${i + 1}`, x, options.upsampling, {
          filters,
          kernelSize: options.kernelSize,
          useBias: needsBias(options.norm),
          initialiser: dcganNormal,
        });
        x = relu(norm(scope, `norm${i + 1}`, x, options.norm, { gammaInitialiser: GAMMA }));
      });
      return tf.tanh(
        upsample(scope, 'toImage', x, options.upsampling, {
          filters: example.channels,
          kernelSize: options.kernelSize,
          initialiser: dcganNormal,
        }),
      );
    };
  },
});

/** Discriminator: `[batch, height, width, channels] -> [batch, 1]` logits. */
export const dcganDiscriminator = defineNetwork({
  name: 'dcgan',
  role: 'discriminator',
  title: 'DCGAN discriminator',
  description: 'Strided convolutions with leaky ReLU, followed by a dense layer that outputs the logit.',
  paper:
    'Radford et al. 2016, "Unsupervised Representation Learning with Deep Convolutional GANs", section 3',
  options: z.strictObject({
    channels: channelsOption('Channels after each downsampling, first to last.').default([64, 128]),
    kernelSize,
    batchNorm: z
      .boolean()
      .default(false)
      .describe(
        'Batch normalisation after each convolution except the first, as in the paper. Real and generated images are normalised separately.',
      ),
    norm: normOption('none', 'after each convolution except the first, unless "batchNorm" is set'),
    downsampling: z
      .enum(['stride', 'average'])
      .default('stride')
      .describe('How images are downsampled: by strided convolutions or by average pooling.'),
    dropout: dropoutOption(0, 'after each convolution'),
    minibatchStddev: minibatchStddevOption,
  }),
  mixesExamples: (options) => mixesExamples({ ...options, norm: normOf(options) }),
  unsuitable: (options, { example }) =>
    options.batchNorm && options.norm !== 'none'
      ? localizable('it has both "batchNorm" and "norm"; remove "batchNorm"')
      : divisionMisfit(options.channels.length, example),
  build: (options) => (scope, images) => {
    const kind = normOf(options);
    const halve = options.downsampling === 'stride' ? strided : convMeanPool;
    let x = images;
    options.channels.forEach((filters, i) => {
      const normalised = kind !== 'none' && i > 0;
      x = halve(scope, `down${i + 1}`, x, {
        filters,
        kernelSize: options.kernelSize,
        useBias: !normalised || needsBias(kind),
        initialiser: dcganNormal,
      });
      if (normalised) x = norm(scope, `norm${i + 1}`, x, kind, { gammaInitialiser: GAMMA });
      x = leakyRelu(x);
      scope.tap(`hidden${i + 1}`, x);
      x = dropout(scope, `dropout${i + 1}`, x, options.dropout);
    });
    const features = flatten(withMinibatchStddev(scope, x, options));
    scope.tap('features', features);
    return dense(scope, 'logit', features, { units: 1, initialiser: dcganNormal });
  },
});

const strided: typeof convMeanPool = (scope, name, x, options) =>
  conv2d(scope, name, x, { ...options, strides: 2 });

function normOf(options: { readonly batchNorm: boolean; readonly norm: Normalisation }): Normalisation {
  return options.batchNorm ? 'batch' : options.norm;
}
