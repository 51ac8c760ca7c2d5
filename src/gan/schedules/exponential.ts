import * as z from 'zod';
import { defineSchedule } from './schedule';

export const exponential = defineSchedule({
  name: 'exponential',
  title: 'Exponential decay',
  description:
    'Multiplies the learning rates by the same factor at each step, so that they end at a fraction of their initial values.',
  paper: 'Li & Arora 2020, "An Exponential Learning Rate Schedule for Deep Learning", section 1',
  options: z.strictObject({
    final: z
      .number()
      .positive()
      .max(1)
      .default(0.01)
      .describe('Learning rates at the end of the run, as a fraction of their initial values.'),
  }),
  factor: (progress, { final }) => final ** progress,
});
