/** A schedule bound to its options: the factor of the learning rates at each step of a run. */
import type * as z from 'zod';
import type { Schedule } from './schedule';

export interface ScheduleLength {
  /** Steps of linear warm-up (Goyal et al. 2017, section 2.2); the schedule covers the remaining steps. */
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/** @returns the factor at a step, where 1 is the first step of the run */
export function bindSchedule<Options extends z.ZodObject>(
  schedule: Schedule<Options>,
  options: z.output<Options>,
  { warmupSteps, totalSteps }: ScheduleLength,
): (step: number) => number {
  return (step) =>
    step <= warmupSteps
      ? (step / warmupSteps) * schedule.factor(0, options)
      : schedule.factor((step - 1 - warmupSteps) / (totalSteps - warmupSteps), options);
}
