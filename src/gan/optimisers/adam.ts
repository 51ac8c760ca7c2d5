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
  description: 'Adam, the standard optimiser for GANs.',
  paper: 'Kingma & Ba 2015, "Adam: A Method for Stochastic Optimization", algorithm 1',
  options: z.strictObject({
    beta1: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe(
        'Decay rate of the first moment. GANs use 0.5, or 0 with gradient penalties, rather than 0.9.',
      ),
    beta2: z.number().min(0).lt(1).default(0.999).describe('Decay rate of the second moment.'),
    epsilon: z
      .number()
      .positive()
      .max(1)
      .default(1e-8)
      .describe('Added to the denominator for numerical stability.'),
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
