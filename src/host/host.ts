/** What the parts of the extension share. */
import type { LogOutputChannel, Memento, Uri } from 'vscode';
import type { Thumbnails } from '../runs/thumbnails';
import type { ExperimentService } from './config-editing/experiment-service';
import type { ResolvedExperiments } from './config-editing/resolved-experiment';
import type { DatasetSummaries } from './datasets/dataset-summaries';
import type { FilterState } from './experiments/filter-state';
import type { RunsModel } from './experiments/runs-model';
import type { Selection } from './experiments/selection';
import type { SpeedKeeper } from './presets/speed-keeper';
import type { Pages } from './registry';
import type { TrainingManager } from './training/training-manager';

/** Available to everything, pages included. */
export interface Services {
  readonly extensionUri: Uri;
  /** The extension's storage folder on this machine. */
  readonly storage: Uri;
  readonly workspaceState: Memento;
  readonly log: LogOutputChannel;
  readonly training: TrainingManager;
  readonly runs: RunsModel;
  readonly filter: FilterState;
  readonly selection: Selection;
  /** The training speed of this machine, for estimates. */
  readonly speed: SpeedKeeper;
  readonly thumbnails: Thumbnails;
  readonly datasets: DatasetSummaries;
  /** Loads the parser of experiments on the first call. */
  readonly experimentService: () => ExperimentService;
  readonly resolved: ResolvedExperiments;
  /** Aborted when the extension is deactivated, which ends its child processes. */
  readonly closing: AbortSignal;
}

/** What it takes to list runs and to find their jobs. */
export type RunServices = Pick<Services, 'training' | 'runs'>;

/** What commands act on: the services and the pages. */
export interface Host extends Services {
  readonly pages: Pages;
}
