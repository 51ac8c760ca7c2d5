/** Monitors training while it runs and returns findings, which the loop records. */
import type {
  FindingRecord,
  MetricsRecord,
  RecoveryRecord,
  ScoreRecord,
  StepRecord,
} from '../shared/run-format';
import type { SampleSet } from './samples';

/** A finding, or its recovery. */
export type WatchRecord = FindingRecord | RecoveryRecord;

/** Called synchronously and in order; must be fast, since it blocks training. */
export interface TrainingWatch {
  /** Called after each step record has been appended. */
  onStep(record: StepRecord): readonly WatchRecord[];
  /** Called after each sample; returns the records of that step to append. */
  onSamples(step: number, samples: SampleSet): readonly MetricsRecord[];
  /** Called after the scores of a step have been appended; findings from them are reported after the next sample. */
  onScores(records: readonly ScoreRecord[]): void;
}
