import * as z from 'zod';
import { defineSchedule } from './schedule';

/** Lets the two players settle: without decay they keep circling each other. */
export const linear = defineSchedule({
  name: 'linear',
  title: 'Linear decay',
  description: 'Constant learning rates for a fraction of the run, then linear decay to zero.',
  paper:
    'Zhu et al. 2017, "Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks", section 4',
  options: z.strictObject({
    start: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe('Fraction of the steps after warm-up at which the decay begins. 0 decays from the start.'),
  }),
  factor: (progress, { start }) => Math.max(0, Math.min(1, (1 - progress) / (1 - start))),
});
