/** Multi-layer perceptrons: the networks of the first GAN paper, for flat images and for points. */
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { ExampleShape } from '../../data/source';
import { heNormal } from '../../nn/initialisers';
import { dense, flatten, leakyRelu, relu } from '../../nn/layers';
import { defineNetwork } from './network';

const hidden = (units: number, layers: number) =>
  z
    .array(z.int().min(1).max(16384))
    .min(1)
    .max(16)
    .default(Array.from({ length: layers }, () => units))
    .describe('Units of each hidden layer, first to last.');

const PAPER = 'Goodfellow et al. 2014, "Generative Adversarial Nets", section 5';

function extents(example: ExampleShape): number[] {
  return example.kind === 'points' ? [example.dimensions] : [example.height, example.width, example.channels];
}

/** Generator: `[batch, latentSize] -> [batch, ...example]`; images end in tanh, points are unbounded. */
export const mlpGenerator = defineNetwork({
  name: 'mlp',
  role: 'generator',
  title: 'Perceptron generator',
  description:
    'Dense layers with ReLU. For images the last layer is followed by tanh; for points it is linear.',
  paper: PAPER,
  options: z.strictObject({ hidden: hidden(256, 2) }),
  unsuitable: () => undefined,
  build(options, { example }) {
    const shape = extents(example);
    const units = shape.reduce((product, extent) => product * extent, 1);
    return (scope, latents) => {
      let x = latents;
      options.hidden.forEach((width, i) => {
        x = relu(dense(scope, `hidden${i + 1}`, x, { units: width, initialiser: heNormal }));
      });
      const output = tf.reshape(dense(scope, 'output', x, { units }), [-1, ...shape]);
      return example.kind === 'image' ? tf.tanh(output) : output;
    };
  },
});

/** Discriminator: `[batch, ...example] -> [batch, 1]` logits. */
export const mlpDiscriminator = defineNetwork({
  name: 'mlp',
  role: 'discriminator',
  title: 'Perceptron discriminator',
  description: 'Dense layers with leaky ReLU on the flattened example, then one dense logit.',
  paper: PAPER,
  options: z.strictObject({ hidden: hidden(256, 2) }),
  unsuitable: () => undefined,
  build: (options) => (scope, examples) => {
    let x = flatten(examples);
    options.hidden.forEach((width, i) => {
      x = leakyRelu(dense(scope, `hidden${i + 1}`, x, { units: width, initialiser: heNormal }));
    });
    return dense(scope, 'logit', x, { units: 1 });
  },
});
