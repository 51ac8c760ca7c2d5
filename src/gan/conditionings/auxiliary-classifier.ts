import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { dense } from '../../nn/layers';
import { classesOf } from './class-inputs';
import { defineConditioning } from './conditioning';
import { refusePatches, withFeatures } from './observed-tap';

const CLASS_LOGITS = 'classLogits';

/**
 * The discriminator predicts the class instead of receiving it, and the generator learns to make images it classifies
 * correctly.
 */
export const auxiliaryClassifier = defineConditioning({
  name: 'auxiliary-classifier',
  title: 'Auxiliary classifier (ACGAN)',
  description:
    'The discriminator also classifies images, and both networks minimise the classification loss. Samples are recognisable but less diverse within a class than with "projection".',
  paper: 'Odena et al. 2017, "Conditional Image Synthesis with Auxiliary Classifier GANs", equations 2 and 3',
  formula: 'weight · (-mean[log P(y | x)] - mean[log P(y | G(z, y))]); the generator’s has the second term',
  options: z.strictObject({
    weight: z.number().positive().default(1).describe('Weight of the classification loss in both networks.'),
  }),
  unsuitable: (_options, combination) => refusePatches(combination),
  discriminator: (network) => (scope, examples) => {
    const { logits, features } = withFeatures(network, scope, examples, 'auxiliary-classifier');
    scope.tap(CLASS_LOGITS, dense(scope, 'classifier', features, { units: classesOf(scope).shape[1] ?? 1 }));
    return logits;
  },
  auxiliary: {
    discriminator: ({ real, fake, realLabels, fakeLabels }, { weight }) =>
      tf.mul(
        tf.add(crossEntropy(real(CLASS_LOGITS), realLabels), crossEntropy(fake(CLASS_LOGITS), fakeLabels)),
        weight,
      ),
    generator: ({ fake, fakeLabels }, { weight }) =>
      tf.mul(crossEntropy(fake(CLASS_LOGITS), fakeLabels), weight),
  },
});

/** -mean log P(class), both arguments `[batch, classes]`. */
function crossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), 1)));
}
