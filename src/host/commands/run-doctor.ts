/** *Run Doctor*: checks this machine in a separate process, so that a broken engine cannot crash the editor. */
import { l10n, ProgressLocation, Uri, window } from 'vscode';
import { WorkbenchError } from '../../shared/errors';
import { formatText } from '../../shared/localizable-text';
import { NodeProcessError, runNode } from '../../shared/node-process';
import type { Host } from '../host';
import { translated } from '../localized-texts';
import { doctorReport } from './doctor-report';

class DoctorError extends WorkbenchError {}

/** Exit status of `gan doctor` if it has checked everything and this machine cannot train. */
const NOT_READY = 1;

/** Returns the standard output of `gan doctor --json`. Throws `DoctorError` if it failed before it finished. */
async function doctorOutput(command: string): Promise<string> {
  try {
    return await runNode([command, 'doctor', '--json']);
  } catch (error) {
    if (!(error instanceof NodeProcessError)) throw error;
    const { status, message, stdout, stderr } = error;
    if (status === NOT_READY && stdout !== '') return stdout;
    throw new DoctorError(
      l10n.t('The doctor did not finish: {0}', `${message}\n${stdout}${stderr}`.trim()),
      l10n.t('Reinstall the extension. If that does not help, report an issue with the log.'),
      { cause: error },
    );
  }
}

export async function runDoctor({ extensionUri, log }: Host): Promise<void> {
  const command = Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath;
  const output = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Checking this machine…') },
    () => doctorOutput(command),
  );
  for (const { text, isProblem } of doctorReport(output, (told) => translated(told, formatText(told)))) {
    if (isProblem) log.warn(text);
    else log.info(text);
  }
  log.show();
}
