/** What can be done with an experiment, above its first line. */
import { CodeLens, type Disposable, l10n, languages, Range, type TextDocument, workspace } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import { EXPERIMENT_DOCUMENTS } from './open-experiment-service';

function lensesOf({ uri }: TextDocument): CodeLens[] {
  const top = new Range(0, 0, 0, 0);
  const lens = (title: string, command: string): CodeLens =>
    new CodeLens(top, { title, command, arguments: [uri] });
  const start = lens(`$(play) ${l10n.t('Start Training')}`, COMMANDS.startTraining);
  const resolved = lens(l10n.t('Show Resolved Experiment'), COMMANDS.showResolved);
  return workspace.isTrusted ? [start, resolved] : [resolved];
}

export function registerExperimentLenses(): Disposable {
  return languages.registerCodeLensProvider(EXPERIMENT_DOCUMENTS, { provideCodeLenses: lensesOf });
}
