/** Code lenses with the actions for an experiment or a sweep, above its first line. */
import {
  CodeLens,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { experimentFileOf } from '../../runs/experiment-of-run';
import type { Host } from '../host';
import { COMMANDS } from '../registry';
import { EXPERIMENT_DOCUMENTS, SWEEP_DOCUMENTS } from './open-experiment-service';

type Runs = Pick<Host['runs'], 'experiments' | 'runs' | 'runsFolders' | 'firstLook' | 'onDidChange'>;

/** Returns the folder of the newest run that can be shown; undefined if there is none. */
async function latestRun(runs: Runs, file: string): Promise<string | undefined> {
  await runs.firstLook();
  const present = new Set([file, ...runs.experiments.map(({ fsPath }) => fsPath)]);
  const latest = runs.runs.find(
    (entry) => 'record' in entry.run && experimentFileOf(entry, present) === file,
  );
  return latest?.run.folder;
}

function lensAtTop(title: string, command: string, argument: unknown): CodeLens {
  return new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [argument] });
}

async function lensesOf(runs: Runs, { uri }: TextDocument): Promise<CodeLens[]> {
  const latest = await latestRun(runs, uri.fsPath);
  return [
    ...(workspace.isTrusted
      ? [lensAtTop(`$(play) ${l10n.t('Start Training')}`, COMMANDS.startTraining, uri)]
      : []),
    ...(latest === undefined
      ? []
      : [lensAtTop(`$(graph-line) ${l10n.t('Open Dashboard')}`, COMMANDS.openDashboard, latest)]),
    lensAtTop(l10n.t('Show Resolved Experiment'), COMMANDS.showResolved, uri),
  ];
}

async function lensesOfSweep(runs: Runs, { uri }: TextDocument): Promise<CodeLens[]> {
  await runs.firstLook();
  const { listSweeps } = await import('../../runs/sweep-list');
  const latest = (await listSweeps(runs.runsFolders)).find(({ sweepFile }) => sweepFile === uri.fsPath);
  return [
    ...(workspace.isTrusted
      ? [lensAtTop(`$(run-all) ${l10n.t('Start Sweep')}`, COMMANDS.startSweep, uri)]
      : []),
    ...(latest === undefined
      ? []
      : [lensAtTop(`$(graph-scatter) ${l10n.t('Open Sweep')}`, COMMANDS.openSweep, latest.folder)]),
  ];
}

export function registerExperimentLenses(runs: Runs): Disposable {
  const changed = new EventEmitter<void>();
  return Disposable.from(
    changed,
    // New scores of individual runs do not affect the lenses.
    runs.onDidChange((folders) => {
      if (folders === undefined) changed.fire();
    }),
    languages.registerCodeLensProvider(EXPERIMENT_DOCUMENTS, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => lensesOf(runs, document),
    }),
    languages.registerCodeLensProvider(SWEEP_DOCUMENTS, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => lensesOfSweep(runs, document),
    }),
  );
}
