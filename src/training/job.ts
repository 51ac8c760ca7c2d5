/** What the training loop is given and what it tells: everything that differs between runs and between callers. */
import type { Dataset, ImportProgress } from '../data/source';
import type { Engine } from '../engine/engine';
import type { ResumePoint } from '../run-folder/resume-run';
import type { RunWriter } from '../run-folder/run-writer';
import type { EvaluationProgress } from '../shared/evaluation-progress';
import type {
  FindingRecord,
  RecoveryRecord,
  ScoreRecord,
  StepRecord,
  StoredRunStatus,
} from '../shared/run-format';
import type { RunScoring } from './run-scores';
import type { RenderSamples, SampleSet } from './samples';
import type { TrainingTask } from './task';
import type { TrainingWatch } from './training-watch';

/** All lengths are in steps. */
export interface LoopSettings {
  readonly seed: number;
  readonly totalSteps: number;
  readonly logEvery: number;
  readonly sampleEvery: number;
  /** Steps of further samples, of which those before the first regular one count. */
  readonly earlySamples: readonly number[];
  readonly checkpointEvery: number;
  /** So many of the newest checkpoints are kept, and every pinned one. At least 1. */
  readonly keepCheckpoints: number;
  /** Examples in a sample. */
  readonly sampleCount: number;
  /** So many of the newest samples are all kept; older ones thin out (`isSampleKept`). 0 keeps everything. */
  readonly keepRecentSamples: number;
}

export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  readonly totalSteps: number;
  /** The running mean of `Throughput`, as the newest record has it. */
  readonly imagesPerSecond: number;
  /** At that speed, samples and checkpoints included. */
  readonly etaSeconds: number;
  /** The newest record of this session, if there is one yet. */
  readonly lastRecord: StepRecord | undefined;
}

/** Called synchronously between steps, as often as things happen: a receiver that is slow limits the rate itself. */
export interface TrainingObserver {
  /** Before training, while images are brought into the packed cache. */
  onImport?(progress: ImportProgress): void;
  onProgress?(progress: TrainingProgress): void;
  onStatus?(status: StoredRunStatus): void;
  /** `file` is the absolute path of the PNG, which is on disk. */
  onSample?(sample: { readonly step: number; readonly file: string; readonly samples: SampleSet }): void;
  /** `file` is the absolute path of the checkpoint, which is on disk. */
  onCheckpoint?(checkpoint: { readonly step: number; readonly file: string }): void;
  /** The run's diagnostics have found something; it is in the records. */
  onFinding?(finding: FindingRecord): void;
  /** What was found has ceased; it is in the records. */
  onRecovery?(recovery: RecoveryRecord): void;
  /** The generator is being scored, and no step is made meanwhile. */
  onScoring?(progress: EvaluationProgress): void;
  /** Scores of a step are in the records. `isBest`: it is the best step so far. */
  onScores?(scored: { readonly records: readonly ScoreRecord[]; readonly isBest: boolean }): void;
  /** Something went wrong that did not end training, or went wrong while a failure was being recorded. */
  onWarning?(message: string): void;
}

export interface TrainingJob {
  /** Stays open; whoever made it closes it. */
  readonly run: RunWriter;
  /** Undefined for a new run. */
  readonly resumePoint?: ResumePoint;
  readonly task: TrainingTask;
  /** Used by nobody else meanwhile; whoever made it disposes of it. */
  readonly engine: Engine;
  /** Trained on its training part; whoever opened it closes it. */
  readonly data: Dataset;
  readonly settings: LoopSettings;
  readonly renderSamples: RenderSamples;
  /** Undefined where the run is not scored while it trains; whoever made it closes it. */
  readonly scoring?: RunScoring;
  readonly watch?: TrainingWatch;
  /** What a person should know before training begins. */
  readonly notices?: readonly string[];
  readonly observer?: TrainingObserver;
}

export interface TrainingEnd {
  readonly status: 'completed' | 'stopped';
  /** Why training ended before its last step by itself. */
  readonly reason?: string;
  /** Steps done, over all sessions. */
  readonly step: number;
}
