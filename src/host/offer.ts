/** Messages with buttons, and the one way in which the editor shows errors thrown by commands. */
import { l10n, window } from 'vscode';
import { describeError, WorkbenchError } from '../shared/errors';
import type { Host } from './host';
import { translated } from './localized-texts';

/** Shows a message with buttons and runs the action of the chosen one, without blocking on the user. */
export function offer(
  show: Thenable<string | undefined>,
  actions: Readonly<Record<string, () => Thenable<unknown>>>,
): void {
  void show.then((answer) => (answer === undefined ? undefined : actions[answer]?.()));
}

function textsOf(error: unknown): readonly string[] {
  const text = describeError(error);
  if (!(error instanceof WorkbenchError)) return [text];
  const { said, remedy } = error;
  return [translated(said?.message, text), translated(said?.remedy, remedy)];
}

/** Shows an error thrown by a command. */
export function showFailure({ log }: Pick<Host, 'log'>, error: unknown): void {
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const actions = { [l10n.t('Show Log')]: async () => log.show() };
  offer(window.showErrorMessage(textsOf(error).join(' ').trim(), ...Object.keys(actions)), actions);
}
