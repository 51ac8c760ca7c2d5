/** Which columns the table of runs has, in which order: what tells runs apart comes first, then what they have in common. */
import type { OfferedColumn, RunRow, RunsTableColumns } from '../../src/shared/runs-table-protocol';
import { scoreTitle } from '../dashboard/curves/definitions';
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { runCell, scoreCell, settingCell } from './cells';
import { protocolsOf, RUN_COLUMNS, type RunColumn, scoreColumns, settingColumn } from './order';
import { networkOf } from './protocol-looks';
import { pictureOf } from './thumbnails';

export interface Column extends OfferedColumn {
  /** Below the title. */
  readonly caption?: string;
  /** Behind the title, where that is short for something. */
  readonly hint?: string;
  readonly isNumber: boolean;
  readonly isSortable: boolean;
  /** At the first click on its title; another turns the order around. */
  readonly isDescendingFirst: boolean;
  /** @param protocol of the group in which the row stands */
  cell(row: RunRow, protocol: string | undefined): HTMLElement;
}

export function runColumnTitle(column: RunColumn): string {
  switch (column) {
    case 'name':
      return t('Run');
    case 'experiment':
      return t('Experiment');
    case 'status':
      return t('State');
    case 'step':
      return t('Step');
    case 'duration':
      return t('Duration');
    case 'findings':
      return t('Findings');
    case 'tags':
      return t('Tags');
    case 'createdAt':
      return t('Created');
  }
}

const NUMBERS: readonly RunColumn[] = ['step', 'duration', 'findings'];
const DESCENDING_FIRST: readonly RunColumn[] = [...NUMBERS, 'createdAt'];

function runColumns(): Column[] {
  return RUN_COLUMNS.flatMap((id) =>
    id === 'name'
      ? []
      : {
          id,
          title: runColumnTitle(id),
          isNumber: NUMBERS.includes(id),
          isSortable: true,
          isDescendingFirst: DESCENDING_FIRST.includes(id),
          cell: (row) => runCell(row, id),
        },
  );
}

function captionOf(rows: readonly RunRow[], name: string): Pick<Column, 'caption'> {
  const network = networkOf(rows, name);
  return network === undefined ? {} : { caption: network };
}

/** @param sortedBy the column by which the rows are sorted: by a score, each stands in the group of a protocol */
function scoreColumnsOf(rows: readonly RunRow[], sortedBy: string): Column[] {
  return scoreColumns(rows).map(({ name, better }) => ({
    id: name,
    title: scoreTitle(name),
    ...captionOf(rows, name),
    hint: protocolsOf(rows, name).join('\n'),
    isNumber: true,
    isSortable: true,
    isDescendingFirst: better === 'higher',
    cell: (row, protocol) => scoreCell(rows, row, name, name === sortedBy ? protocol : undefined),
  }));
}

/** The end of each dotted key by which it is told from the others: two names, since the last may be `name`. */
export function shortKeys(keys: readonly string[]): readonly string[] {
  return keys.map((key) => {
    const parts = key.split('.');
    const ends = parts.map((_, index) => parts.slice(Math.max(0, parts.length - 2 - index)).join('.'));
    const isUnique = (end: string): boolean =>
      keys.filter((other) => other === end || other.endsWith(`.${end}`)).length === 1;
    return ends.find(isUnique) ?? key;
  });
}

function settingColumns(keys: readonly string[]): Column[] {
  const titles = shortKeys(keys);
  return keys.map((key, index) => ({
    id: settingColumn(key),
    title: titles[index] ?? key,
    hint: key,
    isNumber: false,
    isSortable: true,
    isDescendingFirst: false,
    cell: (row) => settingCell(row, key),
  }));
}

/** The newest samples, small. */
function pictureColumn(): Column {
  return {
    id: 'samples',
    title: t('Samples'),
    isNumber: false,
    isSortable: false,
    isDescendingFirst: false,
    cell: ({ folder }) => element('td', { class: 'picture' }, pictureOf(folder)),
  };
}

/** Columns beside the name of the run: all that can be chosen, and those that are shown. */
export function columnsOf(
  rows: readonly RunRow[],
  { hidden, config }: RunsTableColumns,
  sortedBy: string,
): { readonly offered: readonly Column[]; readonly shown: readonly Column[] } {
  const [score, ...scores] = scoreColumnsOf(rows, sortedBy);
  const first = score === undefined ? [] : [score];
  const ofRuns = [pictureColumn(), ...runColumns()];
  const isShown = ({ id }: Column): boolean => !hidden.includes(id);
  return {
    offered: [...first, ...ofRuns, ...scores],
    shown: [
      ...first.filter(isShown),
      ...settingColumns(config),
      ...ofRuns.filter(isShown),
      ...scores.filter(isShown),
    ],
  };
}
