/** Estimates the duration of a run, most but not all of which is steps. */

/**
 * Overhead of samples, checkpoints, records and scores: `digits-dcgan` took 71.8 ms for each of 2,300 steps, where a
 * step alone took 65.2 ms (docs/measurements.md).
 */
const BESIDE_STEPS = 1.1;

export function runSeconds(steps: number, secondsPerStep: number): number {
  return BESIDE_STEPS * steps * secondsPerStep;
}

/** The inverse: number of steps that fit, as a fraction. */
export function stepsWithin(seconds: number, secondsPerStep: number): number {
  return seconds / runSeconds(1, secondsPerStep);
}
