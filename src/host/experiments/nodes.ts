/** What stands in the tree of experiments, and what commands are given when they are called on it. */
import type { Uri } from 'vscode';
import type { CataloguedRun, ListedCheckpoint } from '../../runs/run-catalogue';
import type { TrainingJob } from '../training/training-job';

export class ExperimentNode {
  readonly kind = 'experiment';
  constructor(
    readonly file: Uri,
    readonly name: string,
    /** Renamed or deleted since its runs were made. */
    readonly isMissing: boolean,
    readonly runs: readonly CataloguedRun[],
    /** New runs that have no folder yet. */
    readonly waiting: readonly TrainingJob[],
  ) {}
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

/** What is wrong where rows should be. */
export class ProblemNode {
  readonly kind = 'problem';

  constructor(readonly problem: string) {}
}

export type TreeNode = ExperimentNode | WaitingNode | RunNode | CheckpointNode | ProblemNode;
