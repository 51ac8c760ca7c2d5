/** Reads the scores of a run, from training and from later evaluations, and finds its best checkpoint. */
import { RUN_FILES, type ScoreRecord } from '../shared/run-format';
import { bestScoreOf } from '../shared/scores';
import { readEvaluations } from './evaluations';
import { readMetrics } from './metrics-reader';
import { pathInRun } from './path-in-run';

/** Scores in the records of a run, in order. Throws the errors of `readMetrics`. */
export async function readScores(runFolder: string): Promise<ScoreRecord[]> {
  const records: ScoreRecord[] = [];
  for await (const { record } of readMetrics(await pathInRun(runFolder, RUN_FILES.metrics)))
    if (record.type === 'score') records.push(record);
  return records;
}

/** The step of the run's best score, if it has a checkpoint. */
export async function bestCheckpoint(
  runFolder: string,
  steps: readonly number[],
): Promise<number | undefined> {
  const best = bestScoreOf(await readScores(runFolder), await readEvaluations(runFolder))?.step;
  return best !== undefined && steps.includes(best) ? best : undefined;
}
