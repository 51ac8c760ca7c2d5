/** Services shared by the parts of the extension. */
import type { LogOutputChannel, Uri } from 'vscode';
import type { Thumbnails } from '../runs/thumbnails';
import type { FilterState } from './experiments/filter-state';
import type { RunsModel } from './experiments/runs-model';
import type { Selection } from './experiments/selection';
import type { SpeedKeeper } from './presets/speed-keeper';
import type { TrainingManager } from './training/training-manager';

export interface Host {
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
  readonly training: TrainingManager;
  readonly runs: RunsModel;
  readonly filter: FilterState;
  readonly selection: Selection;
  /** The training speed of this machine, for estimates. */
  readonly speed: SpeedKeeper;
  readonly thumbnails: Thumbnails;
  /** Aborted when the extension is deactivated, which ends its child processes. */
  readonly closing: AbortSignal;
}
