/** Formats scores uniformly for all views of the host. */
import { l10n } from 'vscode';
import type { BestScore } from '../shared/scores';
import { countText } from './quantities';

/** A score of a few thousand samples is not accurate to more than three digits. */
export function scoreValue({ value }: BestScore): string {
  return String(Number(value.toPrecision(3)));
}

/** Returns, for instance, `FID 28.6`. */
export function scoreText(score: BestScore): string {
  return `${score.kind.title} ${scoreValue(score)}`;
}

/** Returns, for instance, `FID 28.6, best at step 2,000`. */
export function bestScoreText(best: BestScore): string {
  return l10n.t('{0}, best at step {1}', scoreText(best), countText(best.step));
}
