import * as z from 'zod';
import { defineSchedule } from './schedule';

export const cosine = defineSchedule({
  name: 'cosine',
  title: 'Cosine decay',
  description: 'Cosine decay of the learning rates to zero.',
  paper: 'Loshchilov & Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts", equation 5',
  options: z.strictObject({}),
  factor: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
});
