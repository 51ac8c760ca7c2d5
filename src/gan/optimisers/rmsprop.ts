import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineOptimiser } from './optimiser';
import { decayOption, epsilonOption } from './options';
import { named } from './slots';

const SQUARE = 'rmsprop.square';

/** Adam without the running mean of the gradient; the optimiser of the Wasserstein GAN with weight clipping. */
export const rmsprop = defineOptimiser({
  name: 'rmsprop',
  title: 'RMSprop',
  description: 'RMSprop without momentum, recommended for WGAN with weight clipping.',
  paper: 'Tieleman & Hinton 2012, "Neural Networks for Machine Learning", lecture 6.5',
  options: z.strictObject({
    decay: decayOption(0.9, 'Decay rate of the second moment.'),
    epsilon: epsilonOption,
  }),
  slots: [SQUARE],
  scalars: () => ['stepSize'],
  step: (_options, { learningRate }) => ({ stepSize: learningRate }),
  update({ parameter, slots }, gradient, scalars, { decay, epsilon }) {
    const square = tf.add(tf.mul(named(slots, SQUARE), decay), tf.mul(tf.square(gradient), 1 - decay));
    const direction = tf.div(gradient, tf.add(tf.sqrt(square), epsilon));
    return {
      parameter: tf.sub(parameter, tf.mul(direction, named(scalars, 'stepSize'))),
      slots: { [SQUARE]: square },
    };
  },
});
