/** Where in `metrics.jsonl` the records up to a step end, and what the last of them say. */
import { readMetrics } from './metrics-reader';

export interface RecordsSurvey {
  /** What follows is newer, torn or damaged. */
  readonly endByte: number;
  /** Seconds of training up to there, over all sessions. */
  readonly seconds: number;
  /** Lines up to there that are no records. */
  readonly damagedLines: number;
}

/** Reads the whole file up to the first record past `lastStep`. Throws `StorageError`. */
export async function surveyRecords(metricsPath: string, lastStep: number): Promise<RecordsSurvey> {
  let survey: RecordsSurvey = { endByte: 0, seconds: 0, damagedLines: 0 };
  const damagedEnds: number[] = [];
  const onProblem = (_: string, lineEndByte: number): void => void damagedEnds.push(lineEndByte);
  for await (const { record, endByte } of readMetrics(metricsPath, { onProblem })) {
    if (record.step > lastStep) break;
    const seconds = 'seconds' in record ? record.seconds : undefined;
    survey = { ...survey, endByte, seconds: seconds ?? survey.seconds };
  }
  const damagedLines = damagedEnds.filter((end) => end < survey.endByte).length;
  return { ...survey, damagedLines };
}
