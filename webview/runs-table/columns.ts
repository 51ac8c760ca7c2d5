/**
 * The columns of the runs table and their order: what distinguishes runs comes first, then what they have in common.
 */
import type { OfferedColumn, RunRow, RunsTableColumns } from '../../src/shared/runs-table-protocol';
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { scoreTitle } from '../shared/value-titles';
import { runCell, scoreCell, settingCell } from './cells';
import { protocolsOf, RUN_COLUMNS, type RunColumn, scoreColumns, settingColumn } from './order';
import { networkOf } from './protocol-looks';
import { pictureOf } from './thumbnails';

export interface Column extends OfferedColumn {
  /** Below the title. */
  readonly caption?: string;
  /** Tooltip of an abbreviated title. */
  readonly hint?: string;
  readonly isNumber: boolean;
  readonly isSortable: boolean;
  /** Order after the first click on the title; a second click reverses it. */
  readonly isDescendingFirst: boolean;
  /** @param protocol of the row's group */
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

/** @param sortedBy the column that sorts the rows; if it is a score, each score is in the group of its protocol */
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

/** The shortest unique suffix of each dotted key: at least two names, since the last may be `name`. */
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

/** Thumbnails of the newest samples. */
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

/** The columns other than the name of the run: all that are offered, and those that are shown. */
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
