/** Where in `metrics.jsonl` the records up to a step end, and what the last of them say. */
import { readMetrics } from './metrics-reader';

export interface RecordsSurvey {
  /** What follows is newer, torn or damaged. */
  readonly endByte: number;
  /** Seconds of training up to there, over all sessions. */
  readonly seconds: number;
}

/** Reads the whole file up to the first record past `lastStep`. Throws `StorageError`. */
export async function surveyRecords(metricsPath: string, lastStep: number): Promise<RecordsSurvey> {
  let survey: RecordsSurvey = { endByte: 0, seconds: 0 };
  for await (const { record, endByte } of readMetrics(metricsPath)) {
    if (record.step > lastStep) break;
    const seconds = 'seconds' in record ? record.seconds : undefined;
    survey = { endByte, seconds: seconds ?? survey.seconds };
  }
  return survey;
}
