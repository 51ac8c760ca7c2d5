/**
 * The columns of the runs table and their order: what distinguishes runs comes first, then what they have in common.
 */
import type { OfferedColumn, RunRow, RunsTableColumns } from '../../src/shared/runs-table-protocol';
import { element } from '../shared/dom';
import { shortKeys } from '../shared/short-keys';
import { t } from '../shared/texts';
import { scoreTitle } from '../shared/value-titles';
import { runCell, type Shown, scoreCell, settingCell } from './cells';
import type { Entry } from './entries';
import {
  isQuantity,
  numberOf,
  protocolsOf,
  QUANTITIES,
  quantityOf,
  RUN_COLUMNS,
  type RunColumn,
  scoreColumns,
  scoresOf,
  settingColumn,
} from './order';
import { networkOf } from './protocol-looks';
import { pictureOf } from './thumbnails';

/** A column of the exported table. */
export interface Field {
  /** With its unit. */
  readonly title: string;
  /** Whether it has a mean over several runs. */
  readonly isNumber: boolean;
  value(row: RunRow): string | number | undefined;
}

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
  cell(entry: Entry, protocol: string | undefined): HTMLElement;
  /** What an export has of it; empty for pictures. */
  readonly fields: readonly Field[];
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
    case 'images':
      return t('Images seen');
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

const DESCENDING_FIRST: readonly RunColumn[] = [...QUANTITIES, 'createdAt'];

/** Fields of a column that every run has. */
function runFields(column: Exclude<RunColumn, 'name'>): readonly Field[] {
  const title = runColumnTitle(column);
  const text = (of: Field['value'], unit = ''): Field => ({
    title: unit === '' ? title : `${title} (${unit})`,
    isNumber: false,
    value: of,
  });
  switch (column) {
    case 'experiment':
    case 'status':
      return [text((row) => row[column])];
    case 'tags':
      return [text(({ tags }) => tags.join(' '))];
    case 'createdAt':
      return [text((row) => row.createdAt, 'ISO 8601')];
    default: {
      const number = {
        ...text((row) => quantityOf(row, column), column === 'duration' ? 's' : ''),
        isNumber: true,
      };
      const length: Field = {
        title: t('Length (steps)'),
        isNumber: false,
        value: ({ status, totalSteps }) => (status === 'damaged' ? undefined : totalSteps),
      };
      return column === 'step' ? [number, length] : [number];
    }
  }
}

function runColumns(): Column[] {
  return RUN_COLUMNS.flatMap((id) =>
    id === 'name'
      ? []
      : {
          id,
          title: runColumnTitle(id),
          isNumber: isQuantity(id),
          isSortable: true,
          isDescendingFirst: DESCENDING_FIRST.includes(id),
          cell: (entry) => runCell(entry, id),
          fields: runFields(id),
        },
  );
}

function captionOf(rows: readonly RunRow[], name: string): Pick<Column, 'caption'> {
  const network = networkOf(rows, name);
  return network === undefined ? {} : { caption: network };
}

/** @param sortedBy the column that sorts the rows; if it is a score, each score is in the group of its protocol */
function scoreColumnsOf(shown: Shown, sortedBy: string): Column[] {
  const { rows } = shown;
  return scoreColumns(rows).map((kind) => {
    const { name, better } = kind;
    const title = scoreTitle(name);
    const protocols = protocolsOf(rows, name);
    return {
      id: name,
      title,
      ...captionOf(rows, name),
      hint: protocols.join('\n'),
      isNumber: true,
      isSortable: true,
      isDescendingFirst: better === 'higher',
      cell: (entry, protocol) => scoreCell(shown, entry, kind, name === sortedBy ? protocol : undefined),
      fields: protocols.map((protocol) => ({
        title: `${title} (${protocol})`,
        isNumber: true,
        value: (row) => scoresOf(row, name).find((score) => score.protocol === protocol)?.value,
      })),
    };
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
    cell: (entry) => settingCell(entry, key),
    fields: [
      {
        title: key,
        isNumber: false,
        value: ({ config }) => numberOf(config[key]) ?? config[key],
      },
    ],
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
    cell: ({ first }) => element('td', { class: 'picture' }, pictureOf(first.folder)),
    fields: [],
  };
}

/** Stable: columns without a place in the order follow the others. */
function inOrder(columns: readonly Column[], order: readonly string[]): readonly Column[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: Column): number => places.get(id) ?? order.length;
  return columns.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The columns other than the name of the run: all that are offered, and those that are shown. */
export function columnsOf(
  all: Shown,
  { hidden, config, order }: Pick<RunsTableColumns, 'hidden' | 'config' | 'order'>,
  sortedBy: string,
): { readonly offered: readonly Column[]; readonly shown: readonly Column[] } {
  const [score, ...scores] = scoreColumnsOf(all, sortedBy);
  const first = score === undefined ? [] : [score];
  const ofRuns = [pictureColumn(), ...runColumns()];
  const isShown = ({ id }: Column): boolean => !hidden.includes(id);
  return {
    offered: [...first, ...ofRuns, ...scores],
    shown: inOrder(
      [
        ...first.filter(isShown),
        ...settingColumns(config),
        ...ofRuns.filter(isShown),
        ...scores.filter(isShown),
      ],
      order,
    ),
  };
}
