/** The batch script of a Slurm job, or of a job array: readable, and enough to submit by hand. */
import type { SlurmOptions } from './options';

export interface BatchJob {
  readonly name: string;
  /** Says what the script does, without line breaks. */
  readonly purpose: string;
  /** Program and arguments of every task. */
  readonly command: readonly string[];
  /** Of a job array; omitted for a single task. */
  readonly tasks?: number;
  /** Absolute path of the folder for the output of the tasks. */
  readonly outputFolder: string;
  readonly options: SlurmOptions;
}

/** Seconds before the time limit at which a task is told to save a checkpoint. */
const GRACE_SECONDS = 120;

export function batchScript({ name, purpose, command, tasks, outputFolder, options }: BatchJob): string {
  const { partition, time, cpus, gpus, memory, concurrent, setup } = options;
  const limit = concurrent === undefined ? '' : `%${concurrent}`;
  const ids = tasks === undefined ? '%j' : '%A_%a';
  const directives = [
    // sbatch reads quotes and spaces as a shell does.
    `--job-name=${quoted(name)}`,
    ...(tasks === undefined ? [] : [`--array=1-${tasks}${limit}`]),
    `--output=${quoted(`${outputFolder}/slurm-${ids}.txt`)}`,
    '--open-mode=append',
    // A preempted task begins again, and goes on with what it saved.
    '--requeue',
    `--cpus-per-task=${cpus}`,
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(time === undefined ? [] : [`--time=${time}`, `--signal=B:TERM@${GRACE_SECONDS}`]),
    ...(gpus === undefined ? [] : [`--gpus=${gpus}`]),
    ...(memory === undefined ? [] : [`--mem=${memory}`]),
    ...options.options,
  ];
  return [
    '#!/bin/bash',
    `# ${purpose}`,
    ...directives.map((directive) => `#SBATCH ${directive}`),
    '',
    ...setup,
    // Replaces the shell, which would not pass on the signals of Slurm.
    `exec ${command.map(quoted).join(' ')}`,
    '',
  ].join('\n');
}

function quoted(argument: string): string {
  return /^[\w./=:@%+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
