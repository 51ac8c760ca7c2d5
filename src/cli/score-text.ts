/** Formats scores for the terminal. */
import { classScoresOf } from '../shared/class-scores';
import type { ScoreRecord } from '../shared/run-format';
import { SCORE_KINDS } from '../shared/scores';
import { inLanguage, t } from './texts';

/** Formats the scores of one step on one line, starting with those that rank runs. */
export function scoresText(records: readonly ScoreRecord[], isBest: boolean): string {
  const shown = SCORE_KINDS.flatMap(({ name, title }) =>
    records
      .filter((record) => record.name === name)
      .map(({ value }) => `${inLanguage(title)} ${scoreValue(value)}`),
  );
  const step = records[0]?.step ?? 0;
  return isBest
    ? t('Step {0}: {1} (best so far)', step, shown.join(' · '))
    : t('Step {0}: {1}', step, shown.join(' · '));
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
    ...(known.length === 0 ? [] : [t('by class: {0}', known.join(', '))]),
    ...(missing.length === 0 ? [] : [t('too few examples of the class: {0}', missing.join(', '))]),
  ];
}
