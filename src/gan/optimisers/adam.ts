import * as z from 'zod';
import { adamStep, adamUpdate } from '../../nn/adam';
import { defineOptimiser } from './optimiser';
import { decayOption, epsilonOption } from './options';
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
    beta1: decayOption(
      0.5,
      'Decay rate of the first moment. GANs use 0.5, or 0 with gradient penalties, rather than 0.9.',
    ),
    beta2: decayOption(0.999, 'Decay rate of the second moment.'),
    epsilon: epsilonOption,
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
