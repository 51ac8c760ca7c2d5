/** Commands that open a dashboard for one or several runs, and ask for the runs if none are given. */
import { commands, type Disposable, l10n, window } from 'vscode';
import { likestFirst } from '../../runs/likest-runs';
import { COMMANDS } from '../../shared/contributions';
import { MAX_COMPARED_RUNS } from '../../shared/dashboard-protocol';
import { WorkbenchError } from '../../shared/errors';
import { settleFilter } from '../commands/filter';
import { runItems } from '../commands/run-items';
import { runFolderFor } from '../commands/run-target';
import { steeringTargetOf, targetsOf } from '../commands/targets';
import type { Host } from '../host';
import { showFailure } from '../offer';
import { type Dashboards, KEEP_FOCUS } from './dashboards';

/** Nothing to compare, or too many runs to tell apart. */
class ComparisonError extends WorkbenchError {}

/** `selected` are the rows selected in the tree, `target` the one that the command was called on. */
function foldersOf(host: Host, target: unknown, selected: unknown): string[] {
  const folders = targetsOf(target, selected).flatMap((one) => steeringTargetOf(host, one)?.runFolder ?? []);
  return [...new Set(folders)];
}

/** Undefined if the user cancels. */
async function askForRuns(host: Host, picked: readonly string[]): Promise<readonly string[] | undefined> {
  const known = await runItems(host);
  const items = likestFirst(host.runs.runs, picked).flatMap(({ run }) => {
    const item = known.find(({ folder }) => folder === run.folder);
    return item === undefined ? [] : { ...item, picked: picked.includes(item.folder) };
  });
  if (items.length < 2)
    throw new ComparisonError(
      l10n.t('There are fewer than two runs to compare.'),
      l10n.t('Change a setting of an experiment and train it again.'),
    );
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Compare Runs'),
    placeHolder: l10n.t('Choose 2 to {0} runs', MAX_COMPARED_RUNS),
    canPickMany: true,
    matchOnDetail: true,
  });
  return chosen?.map(({ folder }) => folder);
}

async function compareRuns(
  host: Host,
  dashboards: Dashboards,
  target: unknown,
  selected: unknown,
): Promise<void> {
  const given = foldersOf(host, target, selected);
  const folders = given.length > 1 ? given : await askForRuns(host, given);
  if (folders === undefined) return;
  if (folders.length < 2 || folders.length > MAX_COMPARED_RUNS)
    throw new ComparisonError(
      l10n.t('{0} runs cannot be compared.', folders.length),
      l10n.t('Choose 2 to {0} runs', MAX_COMPARED_RUNS),
    );
  await dashboards.open(...folders);
}

export function registerDashboardCommands(host: Host, dashboards: Dashboards): Disposable[] {
  const register = (id: string, act: (target: unknown, selected: unknown) => Promise<void>): Disposable =>
    commands.registerCommand(id, async (target: unknown, selected: unknown) => {
      try {
        settleFilter();
        await act(target, selected);
      } catch (error) {
        showFailure(host, error);
      }
    });
  return [
    register(COMMANDS.openDashboard, async (target, manner) => {
      const folder = await runFolderFor(host, target, l10n.t('Open Dashboard'));
      if (folder !== undefined) await dashboards.show([folder], manner === KEEP_FOCUS);
    }),
    ...[COMMANDS.compareRuns, COMMANDS.compareSelected].map((id) =>
      register(id, (target, selected) => compareRuns(host, dashboards, target, selected)),
    ),
  ];
}
