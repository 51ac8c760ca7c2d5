/** Inputs and events of the training loop: everything that differs between runs and between callers. */
import type { Dataset, ImportProgress } from '../data/source';
import type { Engine } from '../engine/engine';
import type { ResumePoint } from '../run-folder/resume-run';
import type { RunWriter } from '../run-folder/run-writer';
import type { EvaluationProgress } from '../shared/evaluation-progress';
import type { LocalizableText } from '../shared/localizable-text';
import type { LiveSample } from '../shared/point-sample';
import type {
  FindingRecord,
  RecoveryRecord,
  ScoreRecord,
  SkippedData,
  StepRecord,
  StoredRunStatus,
} from '../shared/run-format';
import type { ConfigChanger } from './interventions';
import type { RunScoring } from './run-scores';
import type { RenderSamples, SampleSet } from './samples';
import type { TrainingTask } from './task';
import type { TrainingWatch } from './training-watch';

/** All intervals and lengths are in steps. */
export interface LoopSettings {
  readonly seed: number;
  readonly totalSteps: number;
  readonly logEvery: number;
  readonly sampleEvery: number;
  /** Steps of additional samples; only those before the first regular sample apply. */
  readonly earlySamples: readonly number[];
  readonly checkpointEvery: number;
  /** Number of newest checkpoints to keep, in addition to all pinned ones. At least 1. */
  readonly keepCheckpoints: number;
  /** Number of examples in a sample. */
  readonly sampleCount: number;
  /** Number of newest samples that are all kept; older ones are thinned out (`isSampleKept`). 0 keeps everything. */
  readonly keepRecentSamples: number;
}

export interface TrainingProgress {
  /** Steps completed. */
  readonly step: number;
  readonly totalSteps: number;
  /** The running mean of `Throughput`, as in the newest record. */
  readonly imagesPerSecond: number;
  /** Remaining time at that speed, including samples and checkpoints. */
  readonly etaSeconds: number;
  /** The newest record of this session, if any. */
  readonly lastRecord: StepRecord | undefined;
}

/** Called synchronously between steps, without throttling: a slow receiver must throttle itself. */
export interface TrainingObserver {
  /** Called before training, while images are imported into the packed cache. */
  onImport?(progress: ImportProgress): void;
  /** Called before training if files of the data cannot be used; the notices list them as text. */
  onSkipped?(skipped: SkippedData): void;
  onProgress?(progress: TrainingProgress): void;
  onStatus?(status: StoredRunStatus): void;
  /** `file` is the absolute path of the PNG, already on disk. */
  onSample?(sample: { readonly step: number; readonly file: string; readonly samples: SampleSet }): void;
  /** Called with samples of points that are not recorded, while `watchSamples` is on. */
  onLiveSample?(live: LiveSample): void;
  /** `file` is the absolute path of the checkpoint, already on disk. */
  onCheckpoint?(checkpoint: { readonly step: number; readonly file: string }): void;
  /** Called when the diagnostics report a finding, which is already in the records; training waits for a promise. */
  onFinding?(finding: FindingRecord): void | Promise<void>;
  /** Called when a finding has cleared, which is already in the records. */
  onRecovery?(recovery: RecoveryRecord): void;
  /** Called while the generator is being scored; no training steps run meanwhile. */
  onScoring?(progress: EvaluationProgress): void;
  /**
   * Called with the scores of a step, already in the records; training waits for a promise that it returns, so that it
   * can be stopped at this very step. `isBest`: it is the best step so far.
   */
  onScores?(scored: {
    readonly records: readonly ScoreRecord[];
    readonly isBest: boolean;
  }): void | Promise<void>;
  /** Called with what is worth telling and no problem, such as which engine trains. */
  onRemark?(message: LocalizableText): void;
  /** Called on a problem that did not end training, or that occurred while a failure was being recorded. */
  onWarning?(message: LocalizableText): void;
}

export interface TrainingJob {
  /** Left open; its creator closes it. */
  readonly run: RunWriter;
  /** Undefined for a new run. */
  readonly resumePoint?: ResumePoint;
  readonly task: TrainingTask;
  /** Used exclusively by the loop; its creator disposes of it. */
  readonly engine: Engine;
  /** The loop trains on its training part; the caller closes it. */
  readonly data: Dataset;
  readonly settings: LoopSettings;
  readonly renderSamples: RenderSamples;
  /** Undefined if the run is not scored during training; its creator closes it. */
  readonly scoring?: RunScoring;
  readonly watch?: TrainingWatch;
  /** Undefined if the config of the run cannot change while it trains. */
  readonly changer?: ConfigChanger;
  /** What to tell before training begins. */
  readonly remarks?: readonly LocalizableText[];
  /** Notices for the user before training begins: what may not be expected. */
  readonly notices?: readonly LocalizableText[];
  readonly observer?: TrainingObserver;
}

export interface TrainingEnd {
  readonly status: 'completed' | 'stopped';
  /** Why training ended early by itself. */
  readonly reason?: string;
  /** The reason with placeholders for its values. */
  readonly said?: LocalizableText;
  /** Steps completed over all sessions. */
  readonly step: number;
}
