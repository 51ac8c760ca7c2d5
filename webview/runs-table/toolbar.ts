/** The toolbar above the runs table: a filter, the columns, and the comparison of the checked runs. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { MAX_COMPARED_LINES, MAX_COMPARED_RUNS } from '../../src/shared/dashboard-protocol';
import { element, iconButton } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';

export interface ToolbarActions {
  onFilter(text: string): void;
  onColumns(): void;
  onJoinSeeds(joinsSeeds: boolean): void;
  onExport(): void;
  onCompare(): void;
}

export interface ToolbarState {
  /** Number of all runs, of those that match the filter, and of those that are checked. */
  readonly all: number;
  readonly shown: number;
  readonly checked: number;
  /** Number of lines of the checked runs in a comparison. */
  readonly checkedLines: number;
  /** Whether any runs differ by the seed alone; they are one row if they are joined. */
  readonly hasSeeds: boolean;
  readonly joinsSeeds: boolean;
}

export interface Toolbar {
  readonly root: HTMLElement;
  show(state: ToolbarState): void;
}

export function makeToolbar(filter: string, actions: ToolbarActions): Toolbar {
  const count = element('span', { class: 'run-id', role: 'status' });
  const input = element('vscode-textfield', {
    class: 'filter',
    placeholder: t('Filter runs'),
    value: filter,
  });
  input.label = t('Filter runs by name, experiment, state, #tag or shown setting');
  input.addEventListener('input', () => actions.onFilter(input.value));
  const columns = element('vscode-button', { secondary: true, icon: 'layout' }, t('Columns…'));
  columns.addEventListener('click', () => actions.onColumns());
  const joins = element('vscode-checkbox', { label: t('Average over seeds') });
  joins.title = t('Runs that differ by the seed alone are one row, with mean ± standard deviation');
  joins.addEventListener('change', () => actions.onJoinSeeds(joins.checked));
  const csv = iconButton('desktop-download', t('Export the table as CSV'), () => actions.onExport());
  const compare = element('vscode-button', { icon: 'git-compare', disabled: true }, t('Compare'));
  compare.addEventListener('click', () => actions.onCompare());
  const root = element(
    'header',
    { class: 'table-head' },
    element('h1', {}, t('Runs')),
    count,
    element('div', { class: 'table-tools' }, input, joins, columns, csv, compare),
  );
  return {
    root,
    show({ all, shown, checked, checkedLines, hasSeeds, joinsSeeds }) {
      joins.hidden = !hasSeeds;
      joins.checked = joinsSeeds;
      count.textContent =
        shown === all
          ? t('Total: {0}', formatCount(all))
          : t('Shown: {0} of {1}', formatCount(shown), formatCount(all));
      compare.disabled = checked < 2 || checked > MAX_COMPARED_RUNS || checkedLines > MAX_COMPARED_LINES;
      // The control shows this only visually.
      compare.ariaDisabled = String(compare.disabled);
      compare.textContent = checked === 0 ? t('Compare') : t('Compare ({0})', checked);
      compare.title = compare.disabled
        ? t(
            'Check 2 to {0} runs to compare them; seeds of one configuration count as one',
            MAX_COMPARED_LINES,
          )
        : '';
    },
  };
}
