/** Names inside the folder of a sweep, which `src/sweep/sweep-format.ts` describes. */

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
