/** Localises texts from the core about a run; records of older versions have English texts only. */
import { l10n } from 'vscode';
import type { Problem } from '../shared/errors';
import { formatText, type LocalizableText } from '../shared/localizable-text';
import type { RunFailure } from '../shared/run-format';
import type { TrainingFailure } from '../shared/worker-protocol';

export function translated(said: LocalizableText): string;
export function translated(said: LocalizableText | undefined, english: string): string;
export function translated(said: LocalizableText | undefined, english = ''): string {
  return said === undefined ? english : formatText(said, (text) => l10n.t(text));
}

export function problemText({ said, problem }: Problem): string {
  return translated(said, problem);
}

/** Returns the message and the remedy. */
export function failureTexts({ message, remedy, said }: TrainingFailure | RunFailure): [string, string] {
  return [translated(said?.message, message), translated(said?.remedy, remedy)];
}
