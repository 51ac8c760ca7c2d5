/** Commands that open a dashboard for one or several runs, and ask for the runs if none are given. */
import { l10n, window } from 'vscode';
import { likestFirst } from '../../runs/likest-runs';
import { MAX_COMPARED_LINES, MAX_COMPARED_RUNS } from '../../shared/dashboard-protocol';
import { WorkbenchError } from '../../shared/errors';
import { seedGroups } from '../../shared/seed-groups';
import { runItems } from '../commands/run-items';
import { runFolderFor } from '../commands/run-target';
import { steeringTargetOf } from '../commands/targets';
import type { Host } from '../host';
import { BESIDE, KEEP_FOCUS, showDashboard } from './show-dashboard';

/** Nothing to compare, or too many runs to tell apart. */
class ComparisonError extends WorkbenchError {}

function foldersOf(host: Host, targets: readonly unknown[]): string[] {
  const folders = targets.flatMap((target) => steeringTargetOf(host, target)?.runFolder ?? []);
  return [...new Set(folders)];
}

function numberText(): string {
  return l10n.t('Choose 2 to {0} runs; seeds of one configuration count as one', MAX_COMPARED_LINES);
}

/** Runs that differ by the seed alone are one line. */
async function hasTooManyLines({ runs }: Host, folders: readonly string[]): Promise<boolean> {
  if (folders.length <= MAX_COMPARED_LINES) return false;
  const { RunConfigs } = await import('../../runs/table/run-configs');
  const configs = new RunConfigs();
  await configs.read(runs.runs.filter(({ run }) => folders.includes(run.folder)));
  return seedGroups(folders, (folder) => configs.identityOf(folder)).length > MAX_COMPARED_LINES;
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
    placeHolder: numberText(),
    canPickMany: true,
    matchOnDetail: true,
  });
  return chosen?.map(({ folder }) => folder);
}

export async function openDashboard(host: Host, target: unknown, option: unknown): Promise<void> {
  const folder = await runFolderFor(host, target, l10n.t('Open Dashboard'));
  if (folder === undefined) return;
  await showDashboard(host, [folder], {
    preserveFocus: option === KEEP_FOCUS || option === BESIDE,
    isBeside: option === BESIDE,
  });
}

export async function compareRuns(host: Host, targets: readonly unknown[]): Promise<void> {
  const given = foldersOf(host, targets);
  const folders = given.length > 1 ? given : await askForRuns(host, given);
  if (folders === undefined) return;
  if (folders.length < 2 || folders.length > MAX_COMPARED_RUNS || (await hasTooManyLines(host, folders)))
    throw new ComparisonError(l10n.t('{0} runs cannot be compared.', folders.length), numberText());
  await showDashboard(host, folders);
}
