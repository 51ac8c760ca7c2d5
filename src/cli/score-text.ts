/** Scores as lines for people. */
import { classScoresOf } from '../shared/class-scores';
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

/** The scores of single classes, and which of them have none. */
export function classLines(record: ScoreRecord): readonly string[] {
  const scores = classScoresOf(record);
  const known = scores.flatMap(({ label, value }) =>
    value === undefined ? [] : [`${label} ${scoreValue(value)}`],
  );
  const missing = scores.flatMap(({ label, value }) => (value === undefined ? [label] : []));
  return [
    ...(known.length === 0 ? [] : [`by class: ${known.join(', ')}`]),
    ...(missing.length === 0 ? [] : [`too few examples of the class: ${missing.join(', ')}`]),
  ];
}
