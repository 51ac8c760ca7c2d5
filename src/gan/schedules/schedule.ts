/** A learning rate schedule. To add one, create a file in this folder and list it in `registry.ts`. */
import type * as z from 'zod';
import type { Part } from '../part';

export interface Schedule<Options extends z.ZodObject = z.ZodObject> extends Part<Options> {
  /**
   * Returns the factor of the learning rate.
   *
   * @param progress fraction of the steps after warm-up that are completed, in [0, 1)
   */
  factor(progress: number, options: z.output<Options>): number;
}

/** Identity function that ties the options type to the function that takes them. */
export function defineSchedule<Options extends z.ZodObject>(schedule: Schedule<Options>): Schedule<Options> {
  return schedule;
}
