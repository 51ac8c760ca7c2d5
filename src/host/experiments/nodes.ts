/** Rows of the experiments tree, which commands receive as arguments. */
import type { Uri } from 'vscode';
import type { CataloguedRun, ListedCheckpoint } from '../../runs/run-catalogue';
import type { ShownTrial, SlurmTasks, SweepView } from '../../shared/sweep-protocol';
import type { BatchJob } from '../slurm/batch-jobs-model';
import type { TrainingJob } from '../training/training-job';
import type { KnownSweep } from './sweeps-model';

export class ExperimentNode {
  readonly kind = 'experiment';
  constructor(
    readonly file: Uri,
    readonly name: string,
    /** Renamed or deleted since its runs were created. */
    readonly isMissing: boolean,
    /** Without those of its sweeps. */
    readonly runs: readonly CataloguedRun[],
    readonly sweeps: readonly KnownSweep[],
    /** New runs without a folder. */
    readonly waiting: readonly TrainingJob[],
    readonly batchJobs: readonly BatchJob[],
  ) {}
}

export class SweepNode {
  readonly kind = 'sweep';
  constructor(
    /** Absolute path. */
    readonly folder: string,
  ) {}
}

/** Trials of one kind, of a sweep that has too many for a list. */
export class TrialGroupNode {
  readonly kind = 'trials';
  constructor(
    readonly view: SweepView,
    readonly status: ShownTrial['status'],
    readonly count: number,
  ) {}
}

export class TrialNode {
  readonly kind = 'trial';
  constructor(
    readonly view: SweepView,
    readonly trial: ShownTrial,
  ) {}
}

/** Tasks of Slurm that have not begun. */
export class SlurmTasksNode {
  readonly kind = 'tasks';
  constructor(
    readonly sweepFolder: string,
    readonly tasks: SlurmTasks,
  ) {}
}

/** A training that is a batch job of Slurm, and has no run yet or whose run waits to go on. */
export class BatchJobNode {
  readonly kind = 'batchJob';
  constructor(readonly job: BatchJob) {}
}

export class WaitingNode {
  readonly kind = 'waiting';
  constructor(readonly job: TrainingJob) {}
}

export class RunNode {
  readonly kind = 'run';
  constructor(
    /** Absolute path. */
    readonly runFolder: string,
    readonly catalogued: CataloguedRun,
  ) {}
}

export class CheckpointNode {
  readonly kind = 'checkpoint';
  constructor(
    readonly runFolder: string,
    readonly checkpoint: ListedCheckpoint,
    readonly file: Uri,
  ) {}
}

/** A problem shown in place of rows. */
export class ProblemNode {
  readonly kind = 'problem';

  constructor(readonly problem: string) {}
}

export type TreeNode =
  | ExperimentNode
  | SweepNode
  | TrialGroupNode
  | TrialNode
  | SlurmTasksNode
  | BatchJobNode
  | WaitingNode
  | RunNode
  | CheckpointNode
  | ProblemNode;
