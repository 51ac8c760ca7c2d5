/** How learning rates change over a run. A new schedule is a file in this folder and a line in `registry.ts`. */
import type * as z from 'zod';

export interface Schedule<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  /** Strict zod object, without `name` and without `warmupSteps`, which is common to all. */
  readonly options: Options;
  /** Factor of the learning rate. @param progress share of the steps after the warm-up that are done, in [0, 1) */
  factor(progress: number, options: z.output<Options>): number;
}

/** Keeps the link between the options and the function that takes them. */
export function defineSchedule<Options extends z.ZodObject>(schedule: Schedule<Options>): Schedule<Options> {
  return schedule;
}
