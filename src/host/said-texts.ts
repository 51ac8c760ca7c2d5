/** What the core has said of a run, in the language of VS Code; records of older versions say it in English alone. */
import { l10n } from 'vscode';
import type { RunFailure } from '../shared/run-format';
import type { Said } from '../shared/said';
import type { TrainingFailure } from '../shared/worker-protocol';

export function translated(said: Said | undefined, english: string): string {
  return said === undefined ? english : l10n.t(said.text, ...said.values);
}

/** The message and the remedy. */
export function failureTexts({ message, remedy, said }: TrainingFailure | RunFailure): [string, string] {
  return [translated(said?.message, message), translated(said?.remedy, remedy)];
}
