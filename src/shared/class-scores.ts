/**
 * What is known of single classes and stands in the details of a score: written by metrics, read by whoever shows scores and
 * by the diagnostics.
 */
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

/** How often a class comes among samples of a generator that is told none. */
export interface ClassShare {
  /** Name or number of the class. */
  readonly label: string;
  /** Its share of the samples, of its share of real examples, both as a classifier finds it: 1 where it comes as often. */
  readonly share: number;
}

const SHARE_PREFIX = 'share of ';

export function shareDetails(shares: readonly ClassShare[]): Record<string, number> {
  return Object.fromEntries(shares.map(({ label, share }) => [`${SHARE_PREFIX}${label}`, share]));
}

/** None where the record has no such. */
export function classSharesOf({ details = {} }: Pick<ScoreRecord, 'details'>): readonly ClassShare[] {
  return Object.entries(details).flatMap(([name, share]) =>
    name.startsWith(SHARE_PREFIX) && typeof share === 'number'
      ? [{ label: name.slice(SHARE_PREFIX.length), share }]
      : [],
  );
}
