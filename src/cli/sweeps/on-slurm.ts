/** Trains a sweep by a job array of Slurm: each task takes one trial after the other, and this command does not wait. */
import { join } from 'node:path';
import { batchScript } from '../../slurm/batch-script';
import { BATCH_SCRIPT } from '../../slurm/job-folder';
import { slurmOptions } from '../../slurm/options';
import { cancelPending, SlurmError, submitScript } from '../../slurm/slurm';
import { createFolder, writeFileDurably } from '../../storage/durable-file';
import { tasksOf } from '../../sweep/slurm-tasks';
import type { SweepFolder } from '../../sweep/sweep-folder';
import type { Output } from '../output';
import { t, translated } from '../texts';

/** With more trials at once, too few scores would be there to prune by. */
const MAX_TASKS = 64;

export async function submitSweep(output: Output, sweep: SweepFolder): Promise<void> {
  const [, script = ''] = process.argv;
  const { trials, name, sweep: config } = sweep.plan;
  const options = config.slurm ?? slurmOptions.parse({});
  const tasks = Math.min(trials, options.arraySize ?? MAX_TASKS);
  await createFolder(sweep.slurmFolder);
  const file = join(sweep.slurmFolder, BATCH_SCRIPT);
  await writeFileDurably(
    file,
    batchScript({
      name: `gan-${name}`,
      purpose: `Trains trials of ${sweep.path}; each task takes the next free one. Written by gan sweep.`,
      command: [process.execPath, script, 'sweep', 'work', sweep.path],
      tasks,
      outputFolder: sweep.slurmFolder,
      options,
    }),
  );
  const job = await submitScript(file);
  await sweep.addJob(job);
  output.emit({ type: 'slurmJob', job, tasks, script: file });
  output.say(t('Submitted job {0} with {1} tasks: {2}', job, tasks, file));
  output.say(t('To see how it goes: {0}', `gan sweep status ${sweep.path}`));
}

/** Cancels pending tasks, which would start only to stop; running ones read the request themselves. */
export async function cancelJobs(sweep: SweepFolder): Promise<void> {
  for (const job of await sweep.jobs()) await cancelPending(job);
}

/** Prints the state of the tasks of the sweep's jobs. */
export async function reportJobs(output: Output, sweep: SweepFolder): Promise<void> {
  try {
    for (const { job, state, reason, count } of await tasksOf(sweep)) {
      output.emit({ type: 'slurmTasks', job, state, reason, count });
      output.say(t('Slurm job {0}: {1} {2} ({3})', job, count, state.toLowerCase(), reason));
    }
  } catch (error) {
    // The folder may be read on a machine outside the cluster.
    if (!(error instanceof SlurmError)) throw error;
    output.warn(translated(error.said?.message, error.message));
  }
}
