/** Localised texts for scoring in progress. */
import { l10n } from 'vscode';
import { type EvaluationPhase, PHASE_TITLES } from '../shared/evaluation-progress';

export function phaseTitle(phase: EvaluationPhase): string {
  return l10n.t(PHASE_TITLES[phase]);
}
