/**
 * Messages between the extension host and the dashboard webview. The host owns the history: a webview requests
 * everything it shows after it has loaded, so a webview that was hidden or reloaded receives everything again.
 */
import type { Problem } from './errors';
import type { EvaluationProgress } from './evaluation-progress';
import type { LiveRequest, Pace } from './live-request';
import type { NetworkSummary } from './network-summary';
import type { LiveSample, PointSample } from './point-sample';
import type {
  ControlRequest,
  FindingRecord,
  Intervention,
  RunLabels,
  RunRecord,
  RunStatus,
  ScoreRecord,
} from './run-format';
import type { SampleGrid } from './sample-grid';
import type { Dropped } from './translation-protocol';

/** Colours cannot distinguish more lines than this. Runs that differ by the seed alone can be one. */
export const MAX_COMPARED_LINES = 8;
/** Each run is read on its own. */
export const MAX_COMPARED_RUNS = 24;

/** Step record fields that every run has and that are plotted. */
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

/** Limit on additional values: no part records nearly this many, and each costs memory and a chart. */
export const MAX_FURTHER_CURVES = 64;

export const X_AXES = ['step', 'images', 'seconds'] as const;
export type XAxis = (typeof X_AXES)[number];

/** The requested range of the curves: `from` and `to` are values on the x axis, the whole run by default. */
export interface CurveView {
  readonly xAxis: XAxis;
  readonly from?: number;
  readonly to?: number;
  /** Upper bound on the buckets sent, regardless of the number of records. */
  readonly maxBuckets: number;
}

/** One curve with a value per bucket of records; NaN if no record in the bucket has a value. */
export interface BucketedCurve {
  /** A field of a step record, or a key of its `extra`. */
  readonly name: string;
  readonly mean: Float32Array;
  readonly min: Float32Array;
  readonly max: Float32Array;
}

export interface CurveSlice {
  readonly view: CurveView;
  /** Position of each bucket's last record on the x axis, ascending. */
  readonly x: Float64Array;
  /** Step of that record. */
  readonly steps: Float64Array;
  readonly curves: readonly BucketedCurve[];
  readonly recordsPerBucket: number;
  /** Number of records in the whole run. */
  readonly recordCount: number;
  /** x-axis values of the first and last record of the run. */
  readonly extent: readonly [number, number];
}

export type SampleContent =
  | {
      readonly kind: 'image';
      readonly png: Uint8Array;
      /** Layout of the image grid; missing in samples of older versions. */
      readonly grid?: SampleGrid;
    }
  | ({ readonly kind: 'points' } & PointSample)
  | ({ readonly kind: 'unreadable' } & Problem);

/** Progress of a run, from its newest step record. */
export interface RunProgress {
  readonly step: number;
  readonly images: number;
  readonly trainingSeconds: number;
  /** The running mean. */
  readonly imagesPerSecond: number;
  /** Average over the run so far. */
  readonly averageImagesPerSecond: number;
  /** Remaining training time at the running mean. */
  readonly remainingSeconds?: number;
}

/** A finding, with the step at which its condition cleared, if it has. */
export interface ShownFinding extends FindingRecord {
  readonly recoveredAt?: number;
}

/** Position of a record on each x axis, linearly interpolated between step records. */
export type Placed<MetricsRecord> = Readonly<Record<XAxis, number>> & { readonly record: MetricsRecord };

/** An update about one run. */
export type RunNews =
  | {
      readonly type: 'run';
      readonly record: RunRecord;
      readonly status: RunStatus;
      readonly labels: RunLabels;
      /** Whether the run has a generator to explore. */
      readonly hasCheckpoints: boolean;
      readonly progress?: RunProgress;
      /** Set while this window scores the run; no steps are trained meanwhile. */
      readonly scoring?: EvaluationProgress;
      /** Set while this window trains the run, which then accepts live requests. */
      readonly pace?: Pace;
    }
  /** The folder is not a run, or cannot be read. */
  | ({ readonly type: 'damaged' } & Problem)
  | { readonly type: 'config'; readonly config: unknown }
  | { readonly type: 'curves'; readonly slice: CurveSlice }
  | { readonly type: 'findings'; readonly findings: readonly Placed<ShownFinding>[] }
  | { readonly type: 'scores'; readonly scores: readonly Placed<ScoreRecord>[] }
  /** What was done to the run while it trained, in order. */
  | { readonly type: 'interventions'; readonly interventions: readonly Placed<Intervention>[] }
  /** The answer to `describeNetworks`. */
  | { readonly type: 'networks'; readonly networks: readonly NetworkSummary[] | Problem }
  | { readonly type: 'samples'; readonly steps: readonly number[] }
  | { readonly type: 'sample'; readonly step: number; readonly content: SampleContent }
  /** Points of the present step, for `watchSamples`. */
  | ({ readonly type: 'liveSample' } & LiveSample);

/** An update of one type. */
export type RunNewsOf<Type extends RunNews['type']> = Extract<RunNews, { readonly type: Type }>;

export type HostMessage =
  /** The first message, sent again when the workspace becomes trusted: the folders of the runs in the panel. */
  | { readonly type: 'panel'; readonly folders: readonly string[]; readonly isTrusted: boolean }
  /** `run` is the zero-based index into the panel's folders. */
  | (RunNews & { readonly run: number })
  /** A request could not be carried out. */
  | ({ readonly type: 'refused' } & Problem);

/** Webview state that VS Code persists, so that a restored dashboard finds its runs. */
export interface DashboardState {
  readonly folders: readonly string[];
}

/** Content that can be saved as an image. */
export const PICTURE_SUBJECTS = ['curves', 'samples'] as const;
export type PictureSubject = (typeof PICTURE_SUBJECTS)[number];

/** Actions for a run whose training has ended; each action prompts for further input itself. */
export const RUN_ACTIONS = [
  'trainLonger',
  'applyFinding',
  'evaluate',
  'compare',
  'exportSamples',
  'export',
  'applyToImages',
] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

/** `run` is the zero-based index into the panel's folders. */
export type WebviewMessage =
  /** The webview has loaded and has no data yet; `view` is the range of curves it needs. */
  | { readonly type: 'ready'; readonly view: CurveView }
  | { readonly type: 'view'; readonly view: CurveView }
  | { readonly type: 'sample'; readonly run: number; readonly step: number }
  /** `continue` also resumes a run that has ended, from its newest checkpoint. */
  /** The runs whose points are in view and followed live: all of them, each time that they change. */
  | { readonly type: 'watchSamples'; readonly runs: readonly number[] }
  | { readonly type: 'control'; readonly run: number; readonly request: ControlRequest }
  /** A refusal is answered by `refused`. */
  | { readonly type: 'live'; readonly run: number; readonly request: LiveRequest }
  | { readonly type: 'act'; readonly run: number; readonly action: RunAction }
  | { readonly type: 'labels'; readonly run: number; readonly labels: RunLabels }
  | { readonly type: 'openConfig'; readonly run: number }
  | { readonly type: 'describeNetworks'; readonly run: number }
  /** Opens the experiment file, of which the config of the run is a copy. */
  | { readonly type: 'openExperiment'; readonly run: number }
  /** A change suggested by a finding, by its index in the finding's changes. */
  | {
      readonly type: 'applyFinding';
      readonly run: number;
      readonly rule: string;
      readonly step: number;
      readonly change: number;
    }
  | { readonly type: 'exploreLatents'; readonly run: number }
  /** Points that the user has drawn, x, y, x, y, …, to train the experiment of the run on. */
  | { readonly type: 'drawnPoints'; readonly run: number; readonly points: Float32Array }
  /** Images to apply the only run of the panel to. */
  | { readonly type: 'drop'; readonly dropped: Dropped }
  /** Opens the dashboard of one of the compared runs. */
  | { readonly type: 'openRun'; readonly run: number }
  /** Exports all step records of the runs as CSV to a file that the user chooses. */
  | { readonly type: 'exportCurves' }
  /** Saves to a file that the user chooses; `step` is the step of the samples. */
  | {
      readonly type: 'savePicture';
      readonly subject: PictureSubject;
      readonly step?: number;
      readonly png: Uint8Array;
    };
