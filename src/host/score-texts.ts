/** Scores in words, the same wherever the host shows one. */
import { l10n } from 'vscode';
import type { BestScore } from '../shared/scores';
import { countText } from './quantities';

/** Three digits are more than a score of a few thousand samples is good for. */
export function scoreText({ kind, value }: BestScore): string {
  return `${kind.title} ${Number(value.toPrecision(3))}`;
}

/** `FID 28.6, best at step 2,000`. */
export function bestScoreText(best: BestScore): string {
  return l10n.t('{0}, best at step {1}', scoreText(best), countText(best.step));
}
