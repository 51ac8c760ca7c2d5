/** Finds the end of the records up to a step in `metrics.jsonl`, and their training time. */
import { readMetrics } from './metrics-reader';

export interface RecordsSurvey {
  /** Everything after this is newer, partial or damaged. */
  readonly endByte: number;
  /** Training time in seconds up to that point, over all sessions. */
  readonly seconds: number;
  /** Number of interventions recorded up to that point. */
  readonly interventions: number;
  /** Number of invalid lines up to that point. */
  readonly damagedLines: number;
}

/** Reads the file up to the first record past `lastStep`. Throws `StorageError`. */
export async function surveyRecords(metricsPath: string, lastStep: number): Promise<RecordsSurvey> {
  let survey: RecordsSurvey = { endByte: 0, seconds: 0, interventions: 0, damagedLines: 0 };
  const damagedEnds: number[] = [];
  const onProblem = (_: string, lineEndByte: number): void => void damagedEnds.push(lineEndByte);
  for await (const { record, endByte } of readMetrics(metricsPath, { onProblem })) {
    if (record.step > lastStep) break;
    const seconds = 'seconds' in record ? record.seconds : undefined;
    const isIntervention =
      record.type === 'event' && (record.event === 'changed' || record.event === 'playerStep');
    survey = {
      ...survey,
      endByte,
      seconds: seconds ?? survey.seconds,
      interventions: survey.interventions + (isIntervention ? 1 : 0),
    };
  }
  const damagedLines = damagedEnds.filter((end) => end < survey.endByte).length;
  return { ...survey, damagedLines };
}
