import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { defineObjective } from './objective';

/** Penalises examples by their distance from a target logit, even those far on the correct side of the boundary. */
export const leastSquares = defineObjective({
  name: 'least-squares',
  title: 'Least squares (LSGAN)',
  description:
    'Least-squares regression in place of classification: generated images far from the decision boundary are penalised even where they fool the discriminator. Gradients vanish later than with cross-entropy.',
  paper: 'Mao et al. 2017, "Least Squares Generative Adversarial Networks", equation 2',
  formula: {
    discriminator: '½·mean[(D(x) - b)²] + ½·mean[(D(G(z)) - a)²]',
    generator: '½·mean[(D(G(z)) - c)²]',
  },
  options: z.strictObject({
    a: z.number().default(0).describe('Discriminator target for generated images.'),
    b: z.number().default(1).describe('Discriminator target for real images.'),
    c: z
      .number()
      .default(1)
      .describe(
        'Generator target for generated images. With a = -1, b = 1, c = 0 the generator minimises the Pearson χ² divergence.',
      ),
  }),
  unsuitable: ({ a, b, c }) => {
    if (a === b)
      return localizable('"a" and "b" are equal, so real and generated images have the same target');
    return a === c
      ? localizable('"c" and "a" are equal, so the generator would be trained to be classified as generated')
      : undefined;
  },
  boundary: ({ a, b }) => (a < b ? (a + b) / 2 : undefined),
  // Undecided: the discriminator outputs the mean of the two targets for every example.
  discriminatorLossRange: ({ a, b }) => ({ sure: 0, undecided: (b - a) ** 2 / 4 }),
  discriminatorLoss: ({ real, fake }, { a, b }) => tf.add(halfSquare(real, b), halfSquare(fake, a)),
  generatorLoss: ({ fake }, { c }) => halfSquare(fake, c),
});

function halfSquare(logits: tf.Tensor, target: number): tf.Tensor {
  return tf.mul(tf.mean(tf.square(tf.sub(logits, target))), 0.5);
}
