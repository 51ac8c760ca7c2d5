/** Scores as lines for people. */
import type { ScoreRecord } from '../shared/run-format';
import { SCORE_KINDS } from '../shared/scores';

/** Of one step, on one line: those that runs are ranked by first. */
export function scoresText(records: readonly ScoreRecord[], isBest: boolean): string {
  const shown = SCORE_KINDS.flatMap(({ name, title }) =>
    records.filter((record) => record.name === name).map(({ value }) => `${title} ${scoreValue(value)}`),
  );
  return `Step ${records[0]?.step ?? 0}: ${shown.join(' · ')}${isBest ? ' (best so far)' : ''}`;
}

export function scoreValue(value: number): string {
  return Number(value.toPrecision(5)).toString();
}
