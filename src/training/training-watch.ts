/** Whoever looks at training while it goes on and has something to say of it, which the loop writes down. */
import type {
  FindingRecord,
  MetricsRecord,
  RecoveryRecord,
  ScoreRecord,
  StepRecord,
} from '../shared/run-format';
import type { SampleSet } from './samples';

/** What is found, and what was found and has ceased. */
export type WatchRecord = FindingRecord | RecoveryRecord;

/** Called synchronously and in order; must be quick, since training waits. */
export interface TrainingWatch {
  /** After each step record, which has been appended. */
  onStep(record: StepRecord): readonly WatchRecord[];
  /** After each sample: what is to be appended, of that step. */
  onSamples(step: number, samples: SampleSet): readonly MetricsRecord[];
  /** After the scores of a step, which have been appended; what they show is told after the next sample. */
  onScores(records: readonly ScoreRecord[]): void;
}
