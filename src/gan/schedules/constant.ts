import * as z from 'zod';
import { defineSchedule } from './schedule';

export const constant = defineSchedule({
  name: 'constant',
  title: 'Constant',
  description: 'Constant learning rates.',
  paper: 'Goodfellow et al. 2014, "Generative Adversarial Nets", algorithm 1',
  options: z.strictObject({}),
  factor: () => 1,
});
