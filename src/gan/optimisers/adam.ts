import * as z from 'zod';
import { adamStep, adamUpdate } from '../../nn/adam';
import { defineOptimiser } from './optimiser';
import { named } from './slots';

const MEAN = 'adam.mean';
const VARIANCE = 'adam.variance';

/** The optimiser of nearly every GAN since DCGAN. */
export const adam = defineOptimiser({
  name: 'adam',
  title: 'Adam',
  description:
    'Divides a running mean of the gradient by the root of a running mean of its square, so that each weight has a step of its own size. What nearly every GAN is trained with.',
  paper: 'Kingma & Ba 2015, "Adam: A Method for Stochastic Optimization", algorithm 1',
  options: z.strictObject({
    beta1: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe(
        'Memory of the mean gradient. GANs use 0.5, or 0 with gradient penalties, rather than 0.9: the opponent moves, and old gradients mislead.',
      ),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Memory of the squared gradient.'),
    epsilon: z.number().positive().max(1).default(1e-8).describe('Keeps the division finite.'),
  }),
  slots: [MEAN, VARIANCE],
  scalars: ['stepSize', 'epsilon'],
  step: (options, learningRate, update) => ({ ...adamStep(options, learningRate, update) }),
  update({ parameter, slots }, gradient, scalars, options) {
    const updated = adamUpdate(
      { parameter, mean: named(slots, MEAN), variance: named(slots, VARIANCE) },
      gradient,
      options,
      { stepSize: named(scalars, 'stepSize'), epsilon: named(scalars, 'epsilon') },
    );
    return {
      parameter: updated.parameter,
      slots: { [MEAN]: updated.mean, [VARIANCE]: updated.variance },
    };
  },
});
