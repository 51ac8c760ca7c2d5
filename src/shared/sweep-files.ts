/** Names of sweep files, and those inside the folder of a sweep, which `src/sweep/sweep-format.ts` describes. */

export const SWEEP_EXTENSION = '.gan-sweep.json';

/** In `gan-runs`. */
export const SWEEPS_FOLDER = 'sweeps';

export const SWEEP_FILES = {
  plan: 'sweep.json',
  trials: 'trials',
  trial: 'trial.json',
  state: 'state.json',
  stop: 'stop',
  slurm: 'slurm',
} as const;
