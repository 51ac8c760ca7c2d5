/** The convolutional networks of DCGAN (Radford et al. 2016), sized for images of 28, 32 or 64 pixels. */
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { ExampleShape } from '../../data/source';
import { normalOf } from '../../nn/initialisers';
import { batchNorm, conv2d, convTranspose2d, dense, flatten, leakyRelu, relu } from '../../nn/layers';
import { defineNetwork } from './network';

const WEIGHTS = normalOf(0.02);
const GAMMA = normalOf(0.02, 1);

const kernelSize = z
  .int()
  .min(2)
  .max(9)
  .default(5)
  .describe('Height and width of the convolution kernels; 5 suits 28 pixels, 4 divides evenly at stride 2.');

const channels = (example: string) => z.array(z.int().min(1).max(4096)).min(1).max(6).describe(example);

function unsuitable(doublings: number, example: ExampleShape): string | undefined {
  if (example.kind === 'points') return 'it makes images, and the data are points; use the network "mlp"';
  const factor = 2 ** doublings;
  return example.height % factor === 0 && example.width % factor === 0
    ? undefined
    : `its ${doublings} strides of 2 need sizes that are multiples of ${factor}, and the images are ${example.width}×${example.height}`;
}

/** Generator: `[batch, latentSize] -> [batch, height, width, channels]` in (-1, 1). */
export const dcganGenerator = defineNetwork({
  name: 'dcgan',
  role: 'generator',
  title: 'DCGAN generator',
  description:
    'A dense layer makes a small stack of feature maps, and transposed convolutions double its size until the image is reached, with batch normalisation and ReLU after each hidden layer and tanh at the end.',
  paper:
    'Radford et al. 2016, "Unsupervised Representation Learning with Deep Convolutional GANs", section 3',
  options: z.strictObject({
    channels: channels(
      'Feature maps after the dense layer and after each doubling but the last, coarsest first: [128, 64] goes 7×7 → 14×14 → 28×28.',
    ).default([128, 64]),
    kernelSize,
  }),
  unsuitable: (options, { example }) => unsuitable(options.channels.length, example),
  build(options, { example }) {
    if (example.kind === 'points') throw new TypeError('the DCGAN generator makes images');
    const [first = 128, ...rest] = options.channels;
    const factor = 2 ** options.channels.length;
    const height = example.height / factor;
    const width = example.width / factor;
    return (scope, latents) => {
      const projected = dense(scope, 'project', latents, {
        units: height * width * first,
        useBias: false,
        initialiser: WEIGHTS,
      });
      let x = tf.reshape(projected, [-1, height, width, first]);
      x = relu(batchNorm(scope, 'projectNorm', x, { gammaInitialiser: GAMMA }));
      rest.forEach((filters, i) => {
        x = convTranspose2d(scope, `up${i + 1}`, x, {
          filters,
          kernelSize: options.kernelSize,
          strides: 2,
          useBias: false,
          initialiser: WEIGHTS,
        });
        x = relu(batchNorm(scope, `norm${i + 1}`, x, { gammaInitialiser: GAMMA }));
      });
      return tf.tanh(
        convTranspose2d(scope, 'toImage', x, {
          filters: example.channels,
          kernelSize: options.kernelSize,
          strides: 2,
          initialiser: WEIGHTS,
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
  description:
    'Convolutions of stride 2 with leaky ReLU halve the image at each layer, and a dense layer gives the logit.',
  paper:
    'Radford et al. 2016, "Unsupervised Representation Learning with Deep Convolutional GANs", section 3',
  options: z.strictObject({
    channels: channels('Feature maps after each halving, finest first.').default([64, 128]),
    kernelSize,
    batchNorm: z
      .boolean()
      .default(false)
      .describe(
        'Batch normalisation after each convolution but the first, as in the paper. Real and generated images are normalised apart.',
      ),
  }),
  unsuitable: (options, { example }) => unsuitable(options.channels.length, example),
  build: (options) => (scope, images) => {
    let x = images;
    options.channels.forEach((filters, i) => {
      const normalised = options.batchNorm && i > 0;
      x = conv2d(scope, `down${i + 1}`, x, {
        filters,
        kernelSize: options.kernelSize,
        strides: 2,
        useBias: !normalised,
        initialiser: WEIGHTS,
      });
      if (normalised) x = batchNorm(scope, `norm${i + 1}`, x, { gammaInitialiser: GAMMA });
      x = leakyRelu(x);
    });
    return dense(scope, 'logit', flatten(x), { units: 1, initialiser: WEIGHTS });
  },
});
