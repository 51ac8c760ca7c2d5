/**
 * Per-class results in the details of a score: written by metrics, read by the diagnostics and by every view that shows
 * scores.
 */
import type { ScoreRecord } from './run-format';

export interface ClassScore {
  /** Name or number of the class. */
  readonly label: string;
  /** Omitted if the class had too few examples. */
  readonly value?: number;
}

const PREFIX = 'class ';

/** @param reason why a score could not be computed, as a phrase */
export function classDetails(scores: readonly ClassScore[], reason: string): Record<string, number | string> {
  return Object.fromEntries(scores.map(({ label, value }) => [`${PREFIX}${label}`, value ?? reason]));
}

/** Empty for a score over all classes together. */
export function classScoresOf({ details = {} }: Pick<ScoreRecord, 'details'>): readonly ClassScore[] {
  return Object.entries(details).flatMap(([name, value]) => {
    if (!name.startsWith(PREFIX)) return [];
    const label = name.slice(PREFIX.length);
    return [typeof value === 'number' ? { label, value } : { label }];
  });
}

/** How often a class occurs among samples of an unconditional generator. */
export interface ClassShare {
  /** Name or number of the class. */
  readonly label: string;
  /**
   * Share of the samples divided by the share of the real examples, both as a classifier labels them: 1 means equally
   * often.
   */
  readonly share: number;
}

const SHARE_PREFIX = 'share of ';

export function shareDetails(shares: readonly ClassShare[]): Record<string, number> {
  return Object.fromEntries(shares.map(({ label, share }) => [`${SHARE_PREFIX}${label}`, share]));
}

/** Empty if the record has no class shares. */
export function classSharesOf({ details = {} }: Pick<ScoreRecord, 'details'>): readonly ClassShare[] {
  return Object.entries(details).flatMap(([name, share]) =>
    name.startsWith(SHARE_PREFIX) && typeof share === 'number'
      ? [{ label: name.slice(SHARE_PREFIX.length), share }]
      : [],
  );
}
