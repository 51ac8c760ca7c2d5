import * as z from 'zod';
import { cosineBetween } from './cosine-between';
import { defineSchedule } from './schedule';

export const cosine = defineSchedule({
  name: 'cosine',
  title: 'Cosine decay',
  description: 'Cosine decay of the learning rates, to zero or to a fraction of their initial values.',
  paper: 'Loshchilov & Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts", equation 5',
  options: z.strictObject({
    final: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('Learning rates at the end of the decay, as a fraction of their initial values.'),
    over: z
      .number()
      .positive()
      .max(1)
      .default(1)
      .describe('Fraction of the steps after warm-up over which the rates decay.'),
  }),
  factor: (progress, { final, over }) => cosineBetween(1, final, Math.min(1, progress / over)),
});
