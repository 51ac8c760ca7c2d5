/** A learning rate schedule. To add one, create a file in this folder and list it in `registry.ts`. */
import type * as z from 'zod';

export interface Schedule<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  /** Strict zod object, without `name` and without `warmupSteps`, which all schedules share. */
  readonly options: Options;
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
