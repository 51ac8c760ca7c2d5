import * as z from 'zod';
import { besideClasses } from './class-inputs';
import { defineConditioning } from './conditioning';

/** The first conditional GAN: the class is an additional input. */
export const concatenation = defineConditioning({
  name: 'concatenation',
  title: 'Concatenation (cGAN)',
  description:
    'Appends the one-hot class to the discriminator’s input, as constant channels of an image or as coordinates of a point. Works with every discriminator.',
  paper: 'Mirza & Osindero 2014, "Conditional Generative Adversarial Nets", section 3.2',
  formula: 'D(x, y) = D([x, y]), y one-hot',
  options: z.strictObject({}),
  discriminator: (network) => (scope, examples) => network(scope, besideClasses(scope, examples)),
});
