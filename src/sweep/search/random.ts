import * as z from 'zod';
import { defineSearch, type Proposal } from './search';

/** Draws every coordinate on its own. */
export function randomPoint({ parameters, random }: Pick<Proposal, 'parameters' | 'random'>): number[] {
  return parameters.map(() => random.uniform());
}

export const random = defineSearch({
  name: 'random',
  title: 'Random search',
  description:
    'Draws each trial at random. With few important parameters it needs fewer trials than a grid, and all can run at once.',
  paper: 'Bergstra & Bengio 2012, "Random Search for Hyper-Parameter Optimization", section 2',
  options: z.strictObject({}),
  learns: false,
  propose: randomPoint,
});
