/** Formats scores for the terminal. */
import { classScoresOf } from '../shared/class-scores';
import type { ScoreRecord } from '../shared/run-format';
import { SCORE_KINDS } from '../shared/scores';

/** Formats the scores of one step on one line, starting with those that rank runs. */
export function scoresText(records: readonly ScoreRecord[], isBest: boolean): string {
  const shown = SCORE_KINDS.flatMap(({ name, title }) =>
    records.filter((record) => record.name === name).map(({ value }) => `${title} ${scoreValue(value)}`),
  );
  return `Step ${records[0]?.step ?? 0}: ${shown.join(' · ')}${isBest ? ' (best so far)' : ''}`;
}

export function scoreValue(value: number): string {
  return Number(value.toPrecision(5)).toString();
}

/** Returns the scores per class, and the classes without one. */
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
