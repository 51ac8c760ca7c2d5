import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { decorateScope } from '../../nn/decorate-scope';
import { averagePool, conv2d, glu, norm, upsampleConv } from '../../nn/layers';
import type { Scope } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { refusePoints } from '../augmentations/draws';
import { defineRegulariser } from './regulariser';
import { penaltyWeight } from './slopes';

const LAYER = 'reconstruction';
const ERROR = 'reconstruction.error';

/** Makes the discriminator learn features of real images, where it would memorise a few of them. */
export const reconstruction = defineRegulariser({
  name: 'reconstruction',
  title: 'Self-supervised reconstruction (FastGAN)',
  description:
    'Small decoders reconstruct real images from feature maps of the discriminator: from the last one the whole image at half its size, from the next larger one a random quarter of the image. Against overfitting on few images. The decoders are trained with the discriminator.',
  paper:
    'Liu et al. 2021, "Towards Faster and Stabilized GAN Training for High-fidelity Few-shot Image Synthesis", section 3.2, equation 2, with the squared error in place of a perceptual distance',
  formula:
    'weight · (mean[(G₁(f₁) - ½x)²] + mean[(G₂(crop f₂) - crop x)²]), x real, fᵢ features of it, Gᵢ decoders',
  options: z.strictObject({
    weight: penaltyWeight.default(1),
    channels: z
      .int()
      .min(1)
      .max(1024)
      .default(32)
      .describe('Channels of the decoders after each upsampling.'),
  }),
  unsuitable: (_options, combination) =>
    combination.discriminator.network === 'mlp'
      ? localizable('it needs feature maps of a convolutional discriminator')
      : refusePoints(combination),
  network:
    (discriminator, { channels }) =>
    (scope, examples) => {
      if (scope.mode === 'sample') return discriminator(scope, examples);
      const maps: tf.Tensor[] = [];
      const observed = decorateScope(scope, (inner) => ({
        tap(name, value) {
          if (name.startsWith('hidden') && value.rank === 4) maps.push(value);
          return inner.tap(name, value);
        },
      }));
      const logits = discriminator(observed, examples);
      scope.layer(LAYER, (layer) => scope.tap(ERROR, errorOf(layer, examples, maps, channels)));
      return logits;
    },
  penalty: ({ tap, weight }, options) => tf.mul(tap(ERROR, 'real'), weight(options.weight)),
});

/** Scalar: the squared error of both reconstructions, or of the whole alone where no map is larger than the last. */
function errorOf(scope: Scope, images: tf.Tensor, maps: readonly tf.Tensor[], channels: number): tf.Tensor {
  const small = maps.at(-1);
  const doublings = small === undefined ? -1 : Math.log2(heightOf(images) / 2 / heightOf(small));
  if (small === undefined || doublings < 0 || !Number.isInteger(doublings))
    throw new WorkbenchError(
      localizable(
        '"reconstruction" needs a feature map of the discriminator that repeated doubling brings to half the image size.',
      ),
      localizable('Use another discriminator, or remove "reconstruction".'),
    );
  const decoder = { doublings, channels, images: images.shape.at(-1) ?? 1 };
  const whole = meanSquare(tf.sub(decoded(scope, 'whole', small, decoder), averagePool(images)));
  const large = maps.findLast((map) => heightOf(map) === 2 * heightOf(small));
  if (large === undefined) return whole;
  const chosen = quarterWeights(scope.random('quarter', [1], 'uniform'));
  const part = decoded(scope, 'part', quarterOf(large, chosen), decoder);
  return tf.add(whole, meanSquare(tf.sub(part, quarterOf(images, chosen))));
}

interface Decoder {
  /** Number of times that the image is doubled. */
  readonly doublings: number;
  readonly channels: number;
  /** Channels of the images. */
  readonly images: number;
}

/** Each upsampling is followed by a 3×3 convolution, batch normalisation and a gated linear unit. */
function decoded(
  scope: Scope,
  name: string,
  map: tf.Tensor,
  { doublings, channels, images }: Decoder,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    let x = map;
    for (let i = 1; i <= doublings; i++) {
      x = upsampleConv(layer, `up${i}`, x, { filters: 2 * channels, kernelSize: 3, useBias: false });
      x = glu(norm(layer, `norm${i}`, x, 'batch'));
    }
    return tf.tanh(conv2d(layer, 'toImage', x, { filters: images, kernelSize: 3 }));
  });
}

/** `[4]`: 1 for the quarter that a number in [0, 1) chooses, and 0 for the others. */
export function quarterWeights(chosen: tf.Tensor): tf.Tensor {
  const reached = [0.25, 0.5, 0.75].map((limit) => tf.step(tf.sub(chosen, limit)));
  return tf.sub(tf.concat([tf.ones([1]), ...reached]), tf.concat([...reached, tf.zeros([1])]));
}

/** One quarter of each image: a compiled step has fixed places, so that it is a weighted sum of all four. */
export function quarterOf(images: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  const rows = tf.split(images, 2, 1);
  const quarters = rows.flatMap((row) => tf.split(row, 2, 2));
  const each = tf.split(weights, 4);
  return tf.addN(quarters.map((quarter, i) => tf.mul(quarter, each[i] ?? 0)));
}

function heightOf(images: tf.Tensor): number {
  return images.shape[1] ?? 1;
}

function meanSquare(x: tf.Tensor): tf.Tensor {
  return tf.mean(tf.square(x));
}
