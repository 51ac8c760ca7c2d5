/** Formats scores uniformly for all views of the host. */
import { l10n } from 'vscode';
import { protocolCaption } from '../shared/score-captions';
import type { BestScore, ScoreKind } from '../shared/scores';
import { translated } from './localized-texts';
import { countText } from './quantities';

/** A score of a few thousand samples is not accurate to more than three digits. */
export function scoreValue({ value }: BestScore): string {
  return String(Number(value.toPrecision(3)));
}

export function scoreTitle({ title, longTitle }: ScoreKind): string {
  return longTitle === undefined ? title : l10n.t(title);
}

/** Returns, for instance, `FID 28.6`. */
export function scoreText(score: BestScore): string {
  return `${scoreTitle(score.kind)} ${scoreValue(score)}`;
}

/** Returns, for instance, `FID 28.6, best at step 2,000`. */
export function bestScoreText(best: BestScore): string {
  return l10n.t('{0}, best at step {1}', scoreText(best), countText(best.step));
}

/**
 * Returns, for instance, `FID 28.6, best at step 2,000 (digit classifier, 1,000 samples)`.
 * @param dataSource as named in the run's config, if known
 */
export function captionedScoreText(best: BestScore, dataSource: string | undefined): string {
  const { kind, protocol } = best;
  const caption = protocolCaption({ name: kind.name, protocol }, dataSource, countText);
  return l10n.t('{0} ({1})', bestScoreText(best), translated(caption));
}
