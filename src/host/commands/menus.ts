/** Entries of commands in the menus of VS Code, with the `when` clauses that they share. */
import { VIEWS } from '../../shared/contributions';

/** The menus in which commands are offered, in the order of package.json. */
export const MENUS = [
  'editor/title',
  'view/title',
  'view/item/context',
  'explorer/context',
  'editor/title/context',
] as const;

export interface MenuEntry {
  readonly menu: (typeof MENUS)[number];
  readonly when: string;
  /** VS Code's group, with the position in it: `navigation@1`. */
  readonly group: string;
}

/** Hides an entry in Restricted Mode, where it would otherwise be disabled. */
export const TRUSTED = 'isWorkspaceTrusted';

const EXPERIMENT_FILE = 'resourceFilename =~ /\\.gan\\.json$/';
const SWEEP_FILE = 'resourceFilename =~ /\\.gan-sweep\\.json$/';

function allOf(...conditions: readonly (string | undefined)[]): string {
  return conditions.filter((condition) => condition !== undefined).join(' && ');
}

/** On rows of the experiments tree whose `contextValue` matches, one or several. */
export function onRows(items: RegExp | string, group: string, condition?: string): MenuEntry {
  const matches = typeof items === 'string' ? `viewItem == ${items}` : `viewItem =~ ${items}`;
  return {
    menu: 'view/item/context',
    when: allOf(`view == ${VIEWS.experiments}`, matches, condition),
    group,
  };
}

/** On a single row of the experiments tree: not offered if several are selected. */
export function onRow(items: RegExp | string, group: string, condition?: string): MenuEntry {
  return onRows(items, group, allOf(condition, '!listMultiSelection'));
}

/** On a row of the datasets tree. */
export function onDataset(group: string, condition?: string): MenuEntry {
  return {
    menu: 'view/item/context',
    when: allOf(`view == ${VIEWS.datasets}`, 'viewItem == dataset', condition),
    group,
  };
}

/** A button in the title of a view. */
export function inTitleOf(
  view: (typeof VIEWS)[keyof typeof VIEWS],
  group: string,
  condition?: string,
): MenuEntry {
  return { menu: 'view/title', when: allOf(`view == ${view}`, condition), group };
}

type FileMenu = 'editor/title' | 'editor/title/context' | 'explorer/context';

/** On an experiment file, in the title of its editor, its tab or the explorer. */
export function onExperimentFile(menu: FileMenu, group: string, condition?: string): MenuEntry {
  return onFile(EXPERIMENT_FILE, menu, group, condition);
}

/** On a sweep file. */
export function onSweepFile(menu: FileMenu, group: string, condition?: string): MenuEntry {
  return onFile(SWEEP_FILE, menu, group, condition);
}

function onFile(file: string, menu: FileMenu, group: string, condition?: string): MenuEntry {
  // The button in the title is also shown for files that are not on disk.
  const onDisk = menu === 'editor/title' ? undefined : 'resourceScheme == file';
  return { menu, when: allOf(file, onDisk, TRUSTED, condition), group };
}
