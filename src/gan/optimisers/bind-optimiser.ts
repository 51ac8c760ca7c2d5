/** Binds an optimiser to its options, in the form that a training step uses. */
import type * as z from 'zod';
import type { BoundOptimiser } from '../settings';
import type { Optimiser } from './optimiser';

export function bindOptimiser<Options extends z.ZodObject>(
  optimiser: Optimiser<Options>,
  options: z.output<Options>,
): BoundOptimiser {
  return {
    slots: optimiser.slots,
    scalars: optimiser.scalars(options),
    step: (moment) => optimiser.step(options, moment),
    update: (leaf, gradient, scalars) => optimiser.update(leaf, gradient, scalars, options),
  };
}
