/**
 * What the host and the dashboard's webview say to each other. The host owns history: whatever a webview shows it
 * has asked for since it was loaded, so one that was hidden or reloaded gets everything again.
 */
import type { Problem } from './errors';
import type { EvaluationProgress } from './evaluation-progress';
import type {
  ControlRequest,
  FindingRecord,
  RunLabels,
  RunRecord,
  RunStatus,
  ScoreRecord,
} from './run-format';
import type { SampleGrid } from './sample-grid';

/** No more runs are told apart by their colours. */
export const MAX_COMPARED_RUNS = 8;

/** The fields of a step record that every run has and that are drawn. */
export const STEP_CURVES = [
  'discriminatorLoss',
  'generatorLoss',
  'realScore',
  'fakeScore',
  'discriminatorGradientNorm',
  'generatorGradientNorm',
  'imagesPerSecond',
] as const;
export type StepCurve = (typeof STEP_CURVES)[number];

/** Of values beside those: no part records nearly as many, and each costs memory and a chart. */
export const MAX_FURTHER_CURVES = 64;

export const X_AXES = ['step', 'images', 'seconds'] as const;
export type XAxis = (typeof X_AXES)[number];

/** Which part of the curves is wanted. `from` and `to` are values of the x axis; the whole run if they are left out. */
export interface CurveView {
  readonly xAxis: XAxis;
  readonly from?: number;
  readonly to?: number;
  /** No more buckets than this are sent, however many records there are. */
  readonly maxBuckets: number;
}

/** One curve, a value for each bucket of records; NaN where no record of the bucket has a value. */
export interface BucketedCurve {
  /** A field of a step record, or a key of its `extra`. */
  readonly name: string;
  readonly mean: Float32Array;
  readonly min: Float32Array;
  readonly max: Float32Array;
}

export interface CurveSlice {
  readonly view: CurveView;
  /** Position on the x axis of the last record of each bucket, ascending. */
  readonly x: Float64Array;
  /** Step of the same record. */
  readonly steps: Float64Array;
  readonly curves: readonly BucketedCurve[];
  readonly recordsPerBucket: number;
  /** Records of the whole run. */
  readonly recordCount: number;
  /** Values of the x axis at the first and the last record of the run. */
  readonly extent: readonly [number, number];
}

export type SampleContent =
  | {
      readonly kind: 'image';
      readonly png: Uint8Array;
      /** What stands where in the picture; missing in samples of older versions. */
      readonly grid?: SampleGrid;
    }
  | {
      readonly kind: 'points';
      /** x, y, x, y, … */
      readonly real: Float32Array;
      readonly fake: Float32Array;
      /** D(x) in [0, 1], row by row from the top; `heatColumns` cells a row, over [-extent, extent]². */
      readonly heat: Float32Array;
      readonly heatColumns: number;
      readonly extent: number;
    }
  | ({ readonly kind: 'unreadable' } & Problem);

/** How far a run has come, from the newest step record. */
export interface RunProgress {
  readonly step: number;
  readonly images: number;
  readonly trainingSeconds: number;
  /** The running mean. */
  readonly imagesPerSecond: number;
  /** Of the run so far. */
  readonly averageImagesPerSecond: number;
  /** Of training, at the running mean. */
  readonly remainingSeconds?: number;
}

/** A finding, and the step at which its condition had ceased, where it has. */
export interface ShownFinding extends FindingRecord {
  readonly recoveredAt?: number;
}

/** Where a record stands on each x axis; between two step records in proportion. */
export type Placed<MetricsRecord> = Readonly<Record<XAxis, number>> & { readonly record: MetricsRecord };

/** What is new of one run. */
export type RunNews =
  | {
      readonly type: 'run';
      readonly record: RunRecord;
      readonly status: RunStatus;
      readonly labels: RunLabels;
      /** Whether there is a generator to look at. */
      readonly hasCheckpoints: boolean;
      readonly progress?: RunProgress;
      /** While this window scores the run, and its steps stand still. */
      readonly scoring?: EvaluationProgress;
    }
  /** The folder is no run, or one that cannot be read. */
  | ({ readonly type: 'damaged' } & Problem)
  | { readonly type: 'config'; readonly config: unknown }
  | { readonly type: 'curves'; readonly slice: CurveSlice }
  | { readonly type: 'findings'; readonly findings: readonly Placed<ShownFinding>[] }
  | { readonly type: 'scores'; readonly scores: readonly Placed<ScoreRecord>[] }
  | { readonly type: 'samples'; readonly steps: readonly number[] }
  | { readonly type: 'sample'; readonly step: number; readonly content: SampleContent };

export type HostMessage =
  /** The first of all, and again when trust is given: the folders of the runs that the panel shows. */
  | { readonly type: 'panel'; readonly folders: readonly string[]; readonly isTrusted: boolean }
  /** `run` counts the folders of the panel from 0. */
  | (RunNews & { readonly run: number })
  /** Something that was asked for could not be done. */
  | ({ readonly type: 'refused' } & Problem);

/** What the webview lets VS Code keep for it, so that a restored dashboard finds its runs. */
export interface DashboardState {
  readonly folders: readonly string[];
}

/** What can be saved as a picture. */
export const PICTURE_SUBJECTS = ['curves', 'samples'] as const;
export type PictureSubject = (typeof PICTURE_SUBJECTS)[number];

/** What can be done with a run whose training has ended; each asks for the rest itself. */
export const RUN_ACTIONS = ['trainLonger', 'evaluate', 'compare', 'exportSamples'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

/** `run` counts the folders of the panel from 0. */
export type WebviewMessage =
  /** The webview has been loaded and knows nothing; `view` is what it wants of the curves. */
  | { readonly type: 'ready'; readonly view: CurveView }
  | { readonly type: 'view'; readonly view: CurveView }
  | { readonly type: 'sample'; readonly run: number; readonly step: number }
  /** `continue` also goes on with a run that has ended, from its newest checkpoint. */
  | { readonly type: 'control'; readonly run: number; readonly request: ControlRequest }
  | { readonly type: 'act'; readonly run: number; readonly action: RunAction }
  | { readonly type: 'labels'; readonly run: number; readonly labels: RunLabels }
  | { readonly type: 'openConfig'; readonly run: number }
  /** A change that a finding suggests, by its index among the finding's changes. */
  | {
      readonly type: 'applyFinding';
      readonly run: number;
      readonly rule: string;
      readonly step: number;
      readonly change: number;
    }
  | { readonly type: 'exploreLatents'; readonly run: number }
  /** The dashboard of one of the runs that are compared. */
  | { readonly type: 'openRun'; readonly run: number }
  /** All step records of the runs, as CSV, into a file that the person chooses. */
  | { readonly type: 'exportCurves' }
  /** Into a file that the person chooses; `step` is that of the samples. */
  | {
      readonly type: 'savePicture';
      readonly subject: PictureSubject;
      readonly step?: number;
      readonly png: Uint8Array;
    };
