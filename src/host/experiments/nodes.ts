/** Rows of the experiments tree, which commands receive as arguments. */
import type { Uri } from 'vscode';
import type { CataloguedRun, ListedCheckpoint } from '../../runs/run-catalogue';
import type { TrainingJob } from '../training/training-job';

export class ExperimentNode {
  readonly kind = 'experiment';
  constructor(
    readonly file: Uri,
    readonly name: string,
    /** Renamed or deleted since its runs were created. */
    readonly isMissing: boolean,
    readonly runs: readonly CataloguedRun[],
    /** New runs without a folder. */
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

/** A problem shown in place of rows. */
export class ProblemNode {
  readonly kind = 'problem';

  constructor(readonly problem: string) {}
}

export type TreeNode = ExperimentNode | WaitingNode | RunNode | CheckpointNode | ProblemNode;
