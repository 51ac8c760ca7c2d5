import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { defineGeneratorLoss } from './generator-loss';

/** Compares images by the discriminator's activations rather than by pixels, without a pretrained network. */
export const features = defineGeneratorLoss({
  name: 'features',
  title: 'Discriminator features',
  description:
    'Feature matching: difference between the discriminator’s hidden activations for output and target, averaged within each layer and summed over layers. Matches textures and parts instead of pixels.',
  paper:
    'Wang et al. 2018, "High-Resolution Image Synthesis and Semantic Manipulation with Conditional GANs", equation 4',
  formula: 'weight · Σᵢ mean|Dᵢ(G(x)) - Dᵢ(y)|, Dᵢ the i-th hidden layer; squares for "l2"',
  options: z.strictObject({
    weight: z.number().positive().default(10).describe('Weight of the penalty, λ in the paper.'),
    distance: z
      .enum(['l1', 'l2'])
      .default('l1')
      .describe('Mean absolute or mean squared difference within a layer.'),
  }),
  loss({ outputFeatures, targetFeatures, taps }, { weight, distance }) {
    const hidden = taps.filter((tap) => tap.startsWith('hidden'));
    if (hidden.length === 0)
      throw new WorkbenchError(
        localizable(
          'The generator loss "features" compares hidden layers of the discriminator, but this one exposes none.',
        ),
        localizable('Call scope.tap("hidden1", …) in it, or remove "features" from "generatorLosses".'),
      );
    const distances = hidden.map((tap) => {
      const difference = tf.sub(outputFeatures(tap), targetFeatures(tap));
      return tf.mean(distance === 'l1' ? tf.abs(difference) : tf.square(difference));
    });
    return tf.mul(tf.addN(distances), weight);
  },
});
