/** Turns a sweep file into the plan that its folder keeps. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { RUN_SCHEMA_VERSION } from '../shared/run-format';
import type { LoadedSweep } from './load-sweep';
import type { SweepPlan } from './sweep-format';

/** @param file of the sweep */
export function planOf(
  file: string,
  { sweep, trials, name, experiment, experimentFile, experimentText }: LoadedSweep,
): SweepPlan {
  // The number of threads changes the last digits of a result, so that it is decided once for all trials.
  const threads = Math.max(1, Math.floor(availableParallelism() / sweep.parallel));
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    name,
    sweepFile: resolve(file),
    experimentFile,
    experimentText,
    sweep,
    trials,
    seeds: Array.from({ length: sweep.seeds }, (_, index) => experiment.seed + index),
    ...(sweep.parallel > 1 ? { threads } : {}),
    createdAt: new Date().toISOString(),
  };
}
