/** The message for a completed run: its best score, or that its diagnostics have findings. */
import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { ScoreLook } from '../runs/score-reader';
import type { FindingRecord } from '../shared/run-format';
import { findingTitle } from './finding-texts';
import { countText } from './quantities';
import { scoreText } from './score-texts';

export interface EndText {
  readonly text: string;
  readonly isWarning: boolean;
}

/** @param findings those that have not recovered */
export function endText(
  runFolder: string,
  step: number,
  { best, findings = [] }: Pick<ScoreLook, 'best' | 'findings'>,
): EndText {
  const name = basename(runFolder);
  const troubles = new Set(findings.filter(isTrouble).map((finding) => findingTitle(finding)));
  const [first] = troubles;
  const score = best === undefined ? [] : [scoreText(best)];
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

function isTrouble({ severity }: FindingRecord): boolean {
  return severity !== 'info';
}
