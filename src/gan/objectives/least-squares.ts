import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { said } from '../../shared/said';
import { defineObjective } from './objective';

/** Penalises examples by their distance from a target logit, also those far on the right side of the boundary. */
export const leastSquares = defineObjective({
  name: 'least-squares',
  title: 'Least squares (LSGAN)',
  description:
    'The discriminator regresses a number instead of classifying, so that a generated example far from the decision boundary is pulled back even where the discriminator is fooled already. Gradients vanish later than with cross-entropy.',
  paper: 'Mao et al. 2017, "Least Squares Generative Adversarial Networks", equation 2',
  formula: {
    discriminator: '½·mean[(D(x) - b)²] + ½·mean[(D(G(z)) - a)²]',
    generator: '½·mean[(D(G(z)) - c)²]',
  },
  options: z.strictObject({
    a: z.number().default(0).describe('What the discriminator is to give for generated examples.'),
    b: z.number().default(1).describe('What the discriminator is to give for real examples.'),
    c: z
      .number()
      .default(1)
      .describe(
        'What the generator wants the discriminator to give for its examples. With b - c = 1 and b - a = 2 (a -1, b 1, c 0) the generator minimises Pearson’s χ² divergence.',
      ),
  }),
  unsuitable: ({ a, b, c }) => {
    if (a === b) return said('"a" and "b" are equal, so real and generated images have the same target');
    return a === c
      ? said('"c" and "a" are equal, so the generator would aim at being recognised')
      : undefined;
  },
  boundary: ({ a, b }) => (a < b ? (a + b) / 2 : undefined),
  // Between the two targets, where it gives every example their mean.
  discriminatorLossRange: ({ a, b }) => ({ sure: 0, undecided: (b - a) ** 2 / 4 }),
  discriminatorLoss: ({ real, fake }, { a, b }) => tf.add(halfSquare(real, b), halfSquare(fake, a)),
  generatorLoss: ({ fake }, { c }) => halfSquare(fake, c),
});

function halfSquare(logits: tf.Tensor, target: number): tf.Tensor {
  return tf.mul(tf.mean(tf.square(tf.sub(logits, target))), 0.5);
}
