/**
 * *Set Up TensorFlow…*: shows the commands that install the library of the engine `tensorflow`, or takes one that is
 * there. Nothing is installed unless the user asks for it.
 */
import { join } from 'node:path';
import { ConfigurationTarget, env, l10n, type QuickPickItem, window, workspace } from 'vscode';
import { SETTINGS } from '../../shared/contributions';
import { offer } from '../offer';

interface Choice extends QuickPickItem {
  /** What installs the library; undefined to choose one that is installed. */
  readonly command?: string;
}

/** @param platform as in `process.platform` */
function installCommands(platform: NodeJS.Platform): {
  readonly python?: string;
  readonly npm: string;
} {
  const npm = 'npm install @tensorflow/tfjs-node-gpu';
  // The Python package for Windows has no C library.
  if (platform === 'win32') return { npm };
  const pip = join('.venv', 'bin', 'pip');
  return { npm, python: `python3 -m venv .venv && ${pip} install tensorflow` };
}

function choices(): Choice[] {
  const { npm, python } = installCommands(process.platform);
  const fromPython: Choice[] =
    python === undefined
      ? []
      : [
          {
            label: l10n.t('Install the Python Package'),
            description: l10n.t('into an environment of the workspace; Python is not run for training'),
            detail: python,
            command: python,
          },
        ];
  return [
    ...fromPython,
    {
      label: l10n.t('Install the npm Package'),
      description: l10n.t('TensorFlow 2.9, for graphics cards with CUDA 11.2'),
      detail: npm,
      command: npm,
    },
    { label: l10n.t('Use an Installed Library…'), detail: l10n.t('a file or a folder') },
  ];
}

/** @param checkMachine runs the doctor */
export async function setUpTensorFlow(checkMachine: () => Promise<void>): Promise<void> {
  const title = l10n.t('Set Up TensorFlow');
  const chosen = await window.showQuickPick(choices(), {
    title,
    placeHolder: l10n.t('The engine "tensorflow" trains on a library that you install'),
  });
  if (chosen === undefined) return;
  if (chosen.command === undefined) await chooseLibrary(checkMachine, title);
  else await offerCommand(chosen.command);
}

async function chooseLibrary(checkMachine: () => Promise<void>, title: string): Promise<void> {
  const [library] =
    (await window.showOpenDialog({ title, canSelectFiles: true, canSelectFolders: true })) ?? [];
  if (library === undefined) return;
  await workspace
    .getConfiguration()
    .update(SETTINGS.tensorFlowLibrary, library.fsPath, ConfigurationTarget.Global);
  const actions = { [l10n.t('Run Doctor')]: checkMachine };
  offer(
    window.showInformationMessage(l10n.t('Runs that start now use this library.'), ...Object.keys(actions)),
    actions,
  );
}

async function offerCommand(command: string): Promise<void> {
  const [run, copy] = [l10n.t('Run in Terminal'), l10n.t('Copy')];
  const asked = await window.showInformationMessage(
    l10n.t('Install TensorFlow?'),
    {
      modal: true,
      detail: `${command}\n\n${l10n.t('It downloads several hundred megabytes. Check the result with Run Doctor.')}`,
    },
    run,
    copy,
  );
  if (asked === copy) await env.clipboard.writeText(command);
  if (asked !== run) return;
  const [folder] = workspace.workspaceFolders ?? [];
  const terminal = window.createTerminal({
    name: 'TensorFlow',
    ...(folder === undefined ? {} : { cwd: folder.uri }),
  });
  terminal.show();
  terminal.sendText(command);
}
