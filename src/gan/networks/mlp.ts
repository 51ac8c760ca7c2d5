/** Multi-layer perceptrons: the networks of the first GAN paper, for flat images and for points. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { heNormal } from '../../nn/initialisers';
import { dense, dropout, flatten, leakyRelu, norm, relu } from '../../nn/layers';
import type { ExampleShape } from '../../shared/example-shape';
import { defineNetwork } from './network';
import {
  dropoutOption,
  hasScale,
  minibatchStddevOption,
  mixesExamples,
  withMinibatchStddev,
} from './options';

const hidden = (units: number, layers: number) =>
  z
    .array(z.int().min(1).max(16384))
    .min(1)
    .max(16)
    .default(Array.from({ length: layers }, () => units))
    .describe('Units of each hidden layer, first to last.');

const vectorNorm = z
  .enum(['batch', 'layer', 'none'])
  .default('none')
  .describe('Normalisation after each hidden layer.');

const PAPER = 'Goodfellow et al. 2014, "Generative Adversarial Nets", section 5';

function extents(example: ExampleShape): number[] {
  return example.kind === 'points' ? [example.dimensions] : [example.height, example.width, example.channels];
}

/** Generator: `[batch, latentSize] -> [batch, ...example]`; images end in tanh, points are unbounded. */
export const mlpGenerator = defineNetwork({
  name: 'mlp',
  role: 'generator',
  title: 'MLP generator',
  description:
    'Dense layers with ReLU. For images the last layer is followed by tanh; for points it is linear.',
  paper: PAPER,
  options: z.strictObject({ hidden: hidden(256, 2), norm: vectorNorm }),
  normalises: hasScale,
  unsuitable: () => undefined,
  build(options, { example }) {
    const shape = extents(example);
    const units = shape.reduce((product, extent) => product * extent, 1);
    return (scope, latents) => {
      let x = latents;
      options.hidden.forEach((width, i) => {
        x = dense(scope, `hidden${i + 1}`, x, { units: width, initialiser: heNormal });
        x = relu(norm(scope, `norm${i + 1}`, x, options.norm));
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
  title: 'MLP discriminator',
  description: 'Dense layers with leaky ReLU on the flattened example, the last of which outputs the logit.',
  paper: PAPER,
  options: z.strictObject({
    hidden: hidden(256, 2),
    norm: vectorNorm,
    dropout: dropoutOption(0, 'after each hidden layer'),
    minibatchStddev: minibatchStddevOption,
  }),
  mixesExamples,
  unsuitable: () => undefined,
  build: (options) => (scope, examples) => {
    let x = flatten(examples);
    options.hidden.forEach((width, i) => {
      x = dense(scope, `hidden${i + 1}`, x, { units: width, initialiser: heNormal });
      x = leakyRelu(norm(scope, `norm${i + 1}`, x, options.norm));
      scope.tap(`hidden${i + 1}`, x);
      x = dropout(scope, `dropout${i + 1}`, x, options.dropout);
    });
    const features = withMinibatchStddev(scope, x, options);
    scope.tap('features', features);
    return dense(scope, 'logit', features, { units: 1 });
  },
});
