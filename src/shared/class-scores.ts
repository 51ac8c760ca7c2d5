/** The scores of single classes that stand in the details of a score: written by metrics, shown by whoever shows scores. */
import type { ScoreRecord } from './run-format';

export interface ClassScore {
  /** Name or number of the class. */
  readonly label: string;
  /** Left out where there were too few examples of the class. */
  readonly value?: number;
}

const PREFIX = 'class ';

/** @param reason of scores that could not be computed, as a phrase */
export function classDetails(scores: readonly ClassScore[], reason: string): Record<string, number | string> {
  return Object.fromEntries(scores.map(({ label, value }) => [`${PREFIX}${label}`, value ?? reason]));
}

/** None where the score is of all classes together. */
export function classScoresOf({ details = {} }: Pick<ScoreRecord, 'details'>): readonly ClassScore[] {
  return Object.entries(details).flatMap(([name, value]) => {
    if (!name.startsWith(PREFIX)) return [];
    const label = name.slice(PREFIX.length);
    return [typeof value === 'number' ? { label, value } : { label }];
  });
}
