import * as z from 'zod';
import { adamStep, adamUpdate, correctedStep } from '../../nn/adam';
import { scalarOption, valueAt } from '../schedules/scalar';
import { defineOptimiser } from './optimiser';
import { decayBounds, decayOption, epsilonOption } from './options';
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
    beta2: scalarOption(decayBounds)
      .default(0.999)
      .describe('Decay rate of the second moment, or a ramp between two.'),
    epsilon: epsilonOption,
  }),
  slots: [MEAN, VARIANCE],
  scalars: ({ beta2 }) => ['stepSize', 'epsilon', ...(typeof beta2 === 'number' ? [] : ['beta2'])],
  step({ beta2, ...options }, { learningRate, update, progressAt }) {
    if (typeof beta2 === 'number') return { ...adamStep({ ...options, beta2 }, learningRate, update) };
    const decayAt = (past: number): number => valueAt(beta2, progressAt(past));
    return {
      ...correctedStep(options, learningRate, update, weightsOfMean(decayAt, update)),
      beta2: decayAt(update),
    };
  },
  scheduled: ({ beta2 }) => (typeof beta2 === 'number' ? {} : { adamBeta2: beta2 }),
  update({ parameter, slots }, gradient, scalars, { beta1, beta2 }) {
    const updated = adamUpdate(
      { parameter, mean: named(slots, MEAN), variance: named(slots, VARIANCE) },
      gradient,
      { beta1, beta2: typeof beta2 === 'number' ? beta2 : named(scalars, 'beta2') },
      { stepSize: named(scalars, 'stepSize'), epsilon: named(scalars, 'epsilon') },
    );
    return {
      parameter: updated.parameter,
      slots: { [MEAN]: updated.mean, [VARIANCE]: updated.variance },
    };
  },
});

/**
 * Sum of the weights of a running mean that started at zero: 1 minus the product of its decay rates. It is multiplied
 * from the last update backwards, until what is missing cannot be told from nothing.
 */
function weightsOfMean(decayAt: (update: number) => number, update: number): number {
  let missing = 1;
  for (let past = update; past > 0 && missing > Number.EPSILON / 4; past--) missing *= decayAt(past);
  return 1 - missing;
}
