/** *Run Doctor*: tests every engine in a process of its own, so that a broken one cannot end the editor's. */
import { execFile } from 'node:child_process';
import { l10n, ProgressLocation, Uri, window } from 'vscode';
import { WorkbenchError } from '../../shared/errors';
import type { Host } from '../host';
import { doctorReport } from './doctor-report';

class DoctorError extends WorkbenchError {}

/** Status with which `gan doctor` ends when it has tested all and no engine works. */
const NO_ENGINE_WORKS = 1;

/** Standard output of `gan doctor --json`. Throws `DoctorError` where it did not come to its end. */
async function doctorOutput(command: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    // The extension host's own Node.js: VS Code's program is Node.js when this variable says so.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    execFile(process.execPath, [command, 'doctor', '--json'], { env }, (error, stdout, stderr) => {
      if (error === null || (error.code === NO_ENGINE_WORKS && stdout !== '')) resolve(stdout);
      else
        reject(
          new DoctorError(
            l10n.t('The engines could not be tested: {0}', `${error.message}\n${stdout}${stderr}`.trim()),
            l10n.t('Install the extension again; if that does not help, report this with the log.'),
            { cause: error },
          ),
        );
    });
  });
}

export async function runDoctor({ extensionUri, log }: Host): Promise<void> {
  const command = Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath;
  const output = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Testing the engines…') },
    () => doctorOutput(command),
  );
  for (const { text, isProblem } of doctorReport(output)) {
    if (isProblem) log.warn(text);
    else log.info(text);
  }
  log.show();
}
