/** The Slurm commands that training needs; Slurm does all the scheduling. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describeError, WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import type { SlurmTasks } from '../shared/sweep-protocol';

const run = promisify(execFile);

/** Slurm is missing, or refused. */
export class SlurmError extends WorkbenchError {}

async function slurm(command: 'sbatch' | 'squeue' | 'scancel', args: readonly string[]): Promise<string> {
  try {
    return (await run(command, args)).stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new SlurmError(
        localizable('Slurm is not installed here: there is no command {0}.', command),
        localizable('Run this on a login node of the cluster, or leave out --slurm.'),
        { cause: error },
      );
    const said =
      error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : describeError(error);
    throw new SlurmError(
      localizable('{0} failed: {1}', command, said),
      localizable('Change the resources that the job requests, or ask the administrators of the cluster.'),
      { cause: error },
    );
  }
}

/** Submits a batch script; returns the number of the job. Throws `SlurmError`. */
export async function submitScript(file: string): Promise<number> {
  const answer = await slurm('sbatch', ['--parsable', file]);
  const job = Number(answer.trim().split(';')[0]);
  if (Number.isInteger(job) && job > 0) return job;
  throw new SlurmError(
    localizable('{0} failed: {1}', 'sbatch', answer.trim()),
    localizable('Change the resources that the job requests, or ask the administrators of the cluster.'),
  );
}

/** Asks about jobs; undefined if Slurm has forgotten it, which it does a few minutes after its end. */
async function ofJob(command: 'squeue' | 'scancel', args: readonly string[]): Promise<string | undefined> {
  try {
    return await slurm(command, args);
  } catch (error) {
    if (error instanceof SlurmError && /Invalid job id/.test(error.message)) return undefined;
    throw error;
  }
}

/** Removes the tasks of a job that have not begun; running ones stop by themselves. */
export async function cancelPending(job: number): Promise<void> {
  await ofJob('scancel', ['--state=PENDING', String(job)]);
}

/** Ends a job whether it has begun or not; a running task gets SIGTERM, upon which it saves a checkpoint. */
export async function cancelJob(job: number): Promise<void> {
  await ofJob('scancel', [String(job)]);
}

/**
 * The tasks of jobs that have not ended, in one question: every user of a cluster asks the same controller. Throws
 * `SlurmError`.
 */
export async function queuedTasks(jobs: readonly number[]): Promise<SlurmTasks[]> {
  if (jobs.length === 0) return [];
  const answer =
    (await ofJob('squeue', ['--array', '--noheader', '--format=%F|%T|%R', `--jobs=${jobs.join(',')}`])) ?? '';
  const counts = new Map<string, number>();
  for (const line of answer.split('\n').filter((text) => text !== ''))
    counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => {
    const [job, state = '', reason = ''] = line.split('|');
    return { job: Number(job), state, reason: reason.replace(/^\((.*)\)$/, '$1'), count };
  });
}

/** The Slurm task that this process runs as. */
export interface SlurmPlace {
  /** `123_4`, or `123` outside an array. */
  readonly job: string;
  readonly node: string;
}

export function slurmPlace(environment: NodeJS.ProcessEnv): SlurmPlace | undefined {
  const { SLURM_JOB_ID, SLURM_ARRAY_JOB_ID, SLURM_ARRAY_TASK_ID, SLURMD_NODENAME = '' } = environment;
  if (SLURM_JOB_ID === undefined) return undefined;
  const job =
    SLURM_ARRAY_JOB_ID === undefined || SLURM_ARRAY_TASK_ID === undefined
      ? SLURM_JOB_ID
      : `${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}`;
  return { job, node: SLURMD_NODENAME };
}
