/** The table as an export has it: a row for each entry, and of joined runs mean, deviation and number. */
import type { ExportedCell } from '../../src/shared/runs-table-protocol';
import { spreadOf } from '../../src/shared/spread';
import { t } from '../shared/texts';
import type { Column, Field } from './columns';
import { distinct, type Entry, groupName } from './entries';

function titlesOf({ title, isNumber }: Field, hasJoined: boolean): readonly string[] {
  return isNumber && hasJoined
    ? [title, t('{0}, standard deviation', title), t('{0}, number of runs', title)]
    : [title];
}

function cellsOf({ value, isNumber }: Field, { runs }: Entry, hasJoined: boolean): readonly ExportedCell[] {
  const values = runs.flatMap((run) => value(run) ?? []);
  if (!isNumber) {
    const [first = null, ...others] = new Set(values);
    return [others.length === 0 ? first : distinct(values.map(String)).join('; ')];
  }
  const spread = spreadOf(values.filter((one) => typeof one === 'number'));
  if (!hasJoined) return [spread?.mean ?? null];
  return [spread?.mean ?? null, spread?.deviation ?? null, spread?.count ?? 0];
}

/** The titles, then a row for each entry. */
export function exportedTable(
  entries: readonly Entry[],
  columns: readonly Column[],
): readonly (readonly ExportedCell[])[] {
  const hasJoined = entries.some(({ isJoined }) => isJoined);
  const fields = columns.flatMap((column) => column.fields);
  return [
    [t('Run'), ...(hasJoined ? [t('Runs')] : []), ...fields.flatMap((field) => titlesOf(field, hasJoined))],
    ...entries.map((entry) => [
      entry.isJoined ? groupName(entry) : entry.first.name,
      ...(hasJoined ? [entry.runs.length] : []),
      ...fields.flatMap((field) => cellsOf(field, entry, hasJoined)),
    ]),
  ];
}
