/** The message for a completed run: its best score, or what went wrong: findings, or a score that has got worse. */
import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { ScoreLook } from '../runs/score-reader';
import type { FindingRecord } from '../shared/run-format';
import type { BestScore } from '../shared/scores';
import { findingTitle } from './finding-texts';
import { countText } from './quantities';
import { scoreText, scoreValue } from './score-texts';

export interface EndText {
  readonly text: string;
  readonly isWarning: boolean;
}

/** @param findings those that have not recovered */
export function endText(
  runFolder: string,
  step: number,
  { best, decline, findings = [] }: Pick<ScoreLook, 'best' | 'decline' | 'findings'>,
): EndText {
  const name = basename(runFolder);
  const troubles = new Set(findings.filter(isTrouble).map((finding) => findingTitle(finding)));
  const [first] = troubles;
  const score =
    best === undefined ? [] : [decline === undefined ? scoreText(best) : declineText(best, decline)];
  if (first === undefined && decline !== undefined) {
    return { text: l10n.t('{0} finished with a warning: {1}.', name, score.join()), isWarning: true };
  }
  if (first === undefined) {
    const done = [l10n.t('step {0}', countText(step)), ...score].join(', ');
    return { text: l10n.t('{0} finished: {1}.', name, done), isWarning: false };
  }
  // A full stop in between, since the score is not one of the warnings.
  const told = [[...troubles].join(', '), ...score].join('. ');
  return {
    text:
      troubles.size === 1
        ? l10n.t('{0} finished with a warning: {1}.', name, told)
        : l10n.t('{0} finished with {1} warnings: {2}.', name, troubles.size, told),
    isWarning: true,
  };
}

/** Returns, for instance, `FID 41.2, best 28.6 at step 1,200`. */
function declineText(best: BestScore, last: BestScore): string {
  return l10n.t('{0}, best {1} at step {2}', scoreText(last), scoreValue(best), countText(best.step));
}

function isTrouble({ severity }: FindingRecord): boolean {
  return severity !== 'info';
}
