/** Asks which columns the runs table should have: those of every run, scores, and any setting of the runs' configs. */
import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { type OfferedSetting, offeredSettings } from '../../runs/table/offered-settings';
import type { RunConfig } from '../../runs/table/run-configs';
import type { OfferedColumn, RunsTableColumns } from '../../shared/runs-table-protocol';

/** Maximum number of values shown next to the key of a setting. */
const MAX_VALUES = 4;

interface ColumnItem extends QuickPickItem {
  readonly column?: string;
  readonly setting?: string;
}

function separator(label: string): ColumnItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function valuesText(values: readonly string[]): string {
  const shown = values.slice(0, MAX_VALUES).join(', ');
  return values.length > MAX_VALUES ? `${shown}, …` : shown;
}

export function columnItems(
  offered: readonly OfferedColumn[],
  configs: readonly RunConfig[],
  shown: RunsTableColumns,
): ColumnItem[] {
  const { differing, same } = offeredSettings(configs);
  const settings = (title: string, of: readonly OfferedSetting[]): ColumnItem[] =>
    of.length === 0
      ? []
      : [
          separator(title),
          ...of.map(({ key, values }) => ({
            label: key,
            description: valuesText(values),
            picked: shown.config.includes(key),
            setting: key,
          })),
        ];
  return [
    separator(l10n.t('Columns')),
    ...offered.map(({ id, title }) => ({ label: title, picked: !shown.hidden.includes(id), column: id })),
    ...settings(l10n.t('Settings in which the runs differ'), differing),
    ...settings(l10n.t('Other settings'), same),
  ];
}

/** Applies the choice to the offered columns; all others stay as they are. */
export function chosenColumns(
  offered: readonly OfferedColumn[],
  chosen: readonly ColumnItem[],
  before: RunsTableColumns,
): RunsTableColumns {
  const shown = new Set(chosen.flatMap(({ column }) => column ?? []));
  const ids = offered.map(({ id }) => id);
  const config = new Set(chosen.flatMap(({ setting }) => setting ?? []));
  return {
    ...before,
    hidden: [...before.hidden.filter((id) => !ids.includes(id)), ...ids.filter((id) => !shown.has(id))],
    // Existing columns keep their order; new ones follow.
    config: [...before.config.filter((key) => config.delete(key)), ...config],
  };
}

/** Undefined if the user cancels. */
export async function chooseColumns(
  offered: readonly OfferedColumn[],
  configs: readonly RunConfig[],
  before: RunsTableColumns,
): Promise<RunsTableColumns | undefined> {
  const chosen = await window.showQuickPick(columnItems(offered, configs, before), {
    title: l10n.t('Columns of the Runs Table'),
    placeHolder: l10n.t('Choose columns; type to find a setting'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen === undefined ? undefined : chosenColumns(offered, chosen, before);
}
