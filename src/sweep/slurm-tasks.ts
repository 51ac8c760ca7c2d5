/** The tasks of a sweep's Slurm jobs: which wait, and why. */
import type { SlurmTasks } from '../shared/sweep-protocol';
import { queuedTasks } from '../slurm/slurm';
import type { SweepFolder } from './sweep-folder';

/** Of every job that was submitted for the sweep and has not ended. Throws `SlurmError`. */
export async function tasksOf(sweep: SweepFolder): Promise<SlurmTasks[]> {
  return await queuedTasks(await sweep.jobs());
}
