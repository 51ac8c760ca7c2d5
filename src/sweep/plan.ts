/** Turns a sweep file into the plan that its folder keeps. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { RUN_SCHEMA_VERSION } from '../shared/run-format';
import { type Resources, slurmOptions } from '../slurm/options';
import type { LoadedSweep } from './load-sweep';
import type { SweepPlan } from './sweep-format';

/**
 * @param file of the sweep
 * @param resources set if its trials are trained by tasks of Slurm: what these ask for otherwise than in the sweep
 */
export function planOf(
  file: string,
  { sweep, trials, name, experiment, experimentFile, experimentText }: LoadedSweep,
  resources?: Resources,
): SweepPlan {
  const slurm = resources === undefined ? undefined : slurmOptions.parse({ ...sweep.slurm, ...resources });
  const shared =
    sweep.parallel > 1 ? Math.max(1, Math.floor(availableParallelism() / sweep.parallel)) : undefined;
  // The number of threads changes the last digits of a result, so that it is decided once for all trials.
  const threads = slurm?.cpus ?? shared;
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    name,
    sweepFile: resolve(file),
    experimentFile,
    experimentText,
    sweep: { ...sweep, ...(slurm === undefined ? {} : { slurm }) },
    trials,
    seeds: Array.from({ length: sweep.seeds }, (_, index) => experiment.seed + index),
    ...(threads === undefined ? {} : { threads }),
    createdAt: new Date().toISOString(),
  };
}
