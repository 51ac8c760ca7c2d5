import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { glorotUniform } from '../../nn/initialisers';
import { classesOf } from './class-inputs';
import { defineConditioning } from './conditioning';
import { refusePatches, withFeatures } from './observed-tap';

/** The class enters in the form that a probabilistic model suggests, as an inner product with the features. */
export const projection = defineConditioning({
  name: 'projection',
  title: 'Projection discriminator',
  description:
    'Adds the inner product of the image features and a learned class embedding to the logit. Typically used with "generator": "batch-norm".',
  paper: 'Miyato & Koyama 2018, "cGANs with Projection Discriminator", section 3',
  formula: 'D(x, y) = yᵀ·V·φ(x) + ψ(φ(x)), φ the features, V an embedding of the classes',
  options: z.strictObject({}),
  unsuitable: (_options, combination) => refusePatches(combination),
  discriminator: (network) => (scope, examples) => {
    const { logits, features } = withFeatures(network, scope, examples, 'projection');
    const labels = classesOf(scope);
    const shape = [labels.shape[1] ?? 1, features.shape[1] ?? 1];
    const embedding = scope.layer('projection', (layer) =>
      layer.parameter('embedding', shape, glorotUniform),
    );
    return tf.add(logits, tf.sum(tf.mul(tf.matMul(labels, embedding), features), 1, true));
  },
});
