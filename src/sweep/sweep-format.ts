/**
 * The folder of a sweep, `gan-runs/sweeps/00001-name`: the contract between the processes that work on it, on one
 * machine or many over a shared file system. No file ever has two writers.
 *
 * - `sweep.json` is written once: everything that decides what the trials are.
 * - `trials/0001/trial.json` is written once, by the first process that takes the trial: its values.
 * - `trials/0001/state.json` is rewritten by the holder of `trials/0001/run.lock`, which is created exclusively and has
 *   a heartbeat. The trial of a process that has died is taken over by another and goes on from its checkpoint.
 * - `stop` asks all processes to stop.
 * - `slurm/` has the batch script, the output of its tasks, and an empty file named after each submitted job.
 *
 * The runs of the trials are ordinary runs in `gan-runs`, whose records name sweep and trial.
 */
import * as z from 'zod';
import { type ConfigValue, RUN_SCHEMA_VERSION } from '../shared/run-format';
import { sweepSchema } from './sweep-schema';

const version = z.int().min(1);

export const planSchema = z.object({
  schemaVersion: version,
  /** The sweep file's name without `.gan-sweep.json`. */
  name: z.string(),
  /** Absolute paths. */
  sweepFile: z.string(),
  experimentFile: z.string(),
  experimentText: z.string(),
  sweep: sweepSchema.omit({ $schema: true }),
  trials: z.int().min(1),
  /** Seed of each run of a trial. */
  seeds: z.array(z.int().min(0)).min(1),
  /** Threads of each run, where the experiment leaves them open and the sweep does not. */
  threads: z.int().min(1).exactOptional(),
  createdAt: z.iso.datetime(),
});
export type SweepPlan = z.output<typeof planSchema>;

export interface Trial {
  readonly schemaVersion: number;
  /** Position in the sweep, from 1. */
  readonly trial: number;
  /** Where the search method put it: a coordinate from 0 to 1 for each parameter. */
  readonly point: readonly number[];
  /** The value of each parameter, by its dotted key. */
  readonly values: Readonly<Record<string, ConfigValue>>;
}

export const trialSchema: z.ZodType<Trial> = z.object({
  schemaVersion: version,
  trial: z.int().min(1),
  point: z.array(z.number()),
  values: z.record(z.string(), z.json()),
});

/** `stopped`: to be resumed. A `running` trial without a live holder of its lock is to be resumed, too. */
const TRIAL_STATUSES = ['running', 'stopped', 'completed', 'pruned', 'failed'] as const;
export type TrialStatus = (typeof TRIAL_STATUSES)[number];

const stepScore = z.object({ step: z.int().min(0), value: z.number() });

export const trialStateSchema = z.object({
  schemaVersion: version,
  status: z.enum(TRIAL_STATUSES),
  /** Of a `stopped` trial whose run the user stopped: no process takes it until the sweep is resumed. */
  stoppedBy: z.literal('user').exactOptional(),
  /** How often a process has taken the trial since it last got further. */
  attempts: z.int().min(0),
  /** Steps in the checkpoints of its runs when it was taken last. */
  reached: z.int().min(0),
  /** The Slurm task that took it last; omitted if that was another process. */
  slurm: z.object({ job: z.string(), node: z.string() }).exactOptional(),
  runs: z.array(
    z.object({
      seed: z.int().min(0),
      /** Id of the run. */
      run: z.string(),
      steps: z.int().min(0),
      /** Training time. */
      seconds: z.number().min(0),
      /** The objective so far. */
      value: z.number().exactOptional(),
    }),
  ),
  /** The objective of the first run, by which trials are pruned. */
  scores: z.array(stepScore),
  /** Of these scores. Trials are compared only under the same protocol. */
  protocol: z.string().exactOptional(),
  /** Mean objective over the runs, once a trial has ended with a score. */
  value: z.number().exactOptional(),
  /** Why it was or is being pruned, or has failed. */
  reason: z.string().exactOptional(),
});
export type TrialState = z.output<typeof trialStateSchema>;

export const NEW_TRIAL: TrialState = {
  schemaVersion: RUN_SCHEMA_VERSION,
  status: 'running',
  attempts: 0,
  reached: 0,
  runs: [],
  scores: [],
};

export function hasEnded({ status }: TrialState): boolean {
  return status === 'completed' || status === 'pruned' || status === 'failed';
}

/** Whether a process may take the trial, if none has it. */
export function isOpen(state: TrialState): boolean {
  return !hasEnded(state) && state.stoppedBy === undefined;
}

/** Name of a trial's folder: `0001`. */
export function trialFolderName(trial: number): string {
  return String(trial).padStart(4, '0');
}
