import * as z from 'zod';
import { besideClasses } from './class-inputs';
import { defineConditioning } from './conditioning';

/** The first conditional GAN: the class is one more input. */
export const concatenation = defineConditioning({
  name: 'concatenation',
  title: 'Concatenation (cGAN)',
  description:
    'The class stands beside the example that is judged: as planes that are all 1 or all 0, further channels of an image, or as further coordinates of a point. Works with every discriminator.',
  paper: 'Mirza & Osindero 2014, "Conditional Generative Adversarial Nets", section 3.2',
  formula: 'D(x, y) = D([x, y]), y one-hot',
  options: z.strictObject({}),
  discriminator: (network) => (scope, examples) => network(scope, besideClasses(scope, examples)),
});
