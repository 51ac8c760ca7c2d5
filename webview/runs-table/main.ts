/** The runs table: filtered, sorted by any column, with scores compared only within one protocol. */
import './style.css';
import type { RunRow, RunsTableColumns, RunsTableSorting } from '../../src/shared/runs-table-protocol';
import { fits } from '../../src/shared/words';
import { element, icon } from '../shared/dom';
import { t } from '../shared/texts';
import type { Shown } from './cells';
import { type Column, columnsOf, runColumnTitle } from './columns';
import { type Entry, entriesOf, entryOf, groupName, runNumbers, within } from './entries';
import { exportedTable } from './exported';
import { keep, kept, listen, send } from './host';
import { grouped, isScoreColumn, type RunGroup } from './order';
import { markOf, protocolLooks } from './protocol-looks';
import { protocolList } from './protocols';
import { makeMovable, moved } from './reorder';
import { beginPictures, receiveThumbnail } from './thumbnails';
import { makeToolbar } from './toolbar';

const NEWEST_FIRST: RunsTableSorting = { column: 'createdAt', isDescending: true };

let { sorting = NEWEST_FIRST, filter = '' } = kept() ?? {};
let rows: readonly RunRow[] = [];
let columns: RunsTableColumns = { hidden: [], config: [], order: [], joinsSeeds: true };
/** Folders of the checked runs; those that are gone or filtered out are ignored. */
const checked = new Set<string>();
/** Folders of the first runs of the joined rows that are expanded. */
const expanded = new Set<string>();

const frame = element('div', { class: 'table-frame', tabindex: '0', role: 'group', 'aria-label': t('Runs') });
const protocols = element('div', { class: 'protocols' });
const toolbar = makeToolbar(filter, {
  onFilter(text) {
    filter = text;
    keepView();
    show();
  },
  onColumns: () => {
    const { offered } = columnsOf(shownContent(), columns, sorting.column);
    send({ type: 'chooseColumns', columns: offered.map(({ id, title }) => ({ id, title })) });
  },
  onJoinSeeds: (joinsSeeds) => {
    columns = { ...columns, joinsSeeds };
    send({ type: 'joinSeeds', joinsSeeds });
    show();
  },
  onExport: () => {
    const content = shownContent();
    const { shown } = columnsOf(content, columns, sorting.column);
    // A run with scores of several protocols has a row in the group of each.
    const entries = new Set(grouped(content.entries, sorting).flatMap((group) => group.entries));
    send({ type: 'exportTable', rows: exportedTable([...entries], shown) });
  },
  onCompare: () => send({ type: 'compare', folders: checkedRows().map(({ folder }) => folder) }),
});
const empty = element(
  'div',
  { class: 'whole-page', role: 'status' },
  icon('loading codicon-modifier-spin whole-page-icon'),
  element('p', {}, t('Reading the runs…')),
);
const page = element(
  'div',
  { class: 'page runs-page', hidden: true },
  toolbar.root,
  element('main', { class: 'runs' }, frame, protocols),
);
document.body.append(empty, page);

function keepView(): void {
  keep({ sorting, filter });
}

/** The searchable text of a run: its names, its state, its tags as `#tag`, and the settings that have a column. */
function searchedText({ name, folder, experiment, status, tags, config }: RunRow): string {
  const id = folder.split(/[\\/]/).at(-1) ?? '';
  return [name, id, experiment, status, ...tags.map((tag) => `#${tag}`), ...Object.values(config)].join('\n');
}

function shownRows(): readonly RunRow[] {
  return rows.filter((row) => fits(searchedText(row), filter.trim()));
}

/** What the columns depend on: all runs, and the entries that the filter leaves. */
function shownContent(): Shown {
  const all = entriesOf(rows, columns.joinsSeeds);
  const shown = new Set(shownRows().map(({ folder }) => folder));
  return { rows: all.flatMap(({ runs }) => runs), entries: all.flatMap((entry) => within(entry, shown)) };
}

function checkedRows(): readonly RunRow[] {
  return shownRows().filter(({ folder }) => checked.has(folder));
}

/** A click sorts; a second click reverses the order. For scores, the best come first. */
function sortBy(column: string, isDescendingFirst: boolean): void {
  const isDescending = sorting.column === column ? !sorting.isDescending : isDescendingFirst;
  sorting = { column, isDescending };
  keepView();
  show();
}

type Head = Pick<Column, 'id' | 'title' | 'caption' | 'hint' | 'isSortable' | 'isDescendingFirst'>;

/** Puts a column in the place of another. */
function moveColumn(id: string, to: string): void {
  const ids = columnsOf(shownContent(), columns, sorting.column).shown.map((column) => column.id);
  const order = moved(ids, id, to);
  columns = { ...columns, order: [...order, ...columns.order.filter((one) => !order.includes(one))] };
  send({ type: 'orderColumns', order: columns.order });
  show();
}

function movableHead(column: Column): HTMLElement {
  const head = columnHead(column, column.isNumber ? 'number' : '');
  makeMovable(head, column.id, moveColumn);
  return head;
}

function columnHead(
  { id, title, caption, hint, isSortable, isDescendingFirst }: Head,
  kind: string,
): HTMLElement {
  if (!isSortable) return element('th', { scope: 'col', class: `column-title ${kind}` }, title);
  const isSorted = sorting.column === id;
  const button = element(
    'button',
    { class: 'sort', title: hint, 'data-key': `column ${id}` },
    title,
    ...(isSorted ? [icon(sorting.isDescending ? 'arrow-down' : 'arrow-up')] : []),
    ...(caption === undefined ? [] : [element('span', { class: 'note' }, caption)]),
  );
  button.addEventListener('click', () => sortBy(id, isDescendingFirst));
  const order = sorting.isDescending ? 'descending' : 'ascending';
  return element(
    'th',
    { scope: 'col', class: `column-title ${kind}`, 'aria-sort': isSorted ? order : undefined },
    button,
  );
}

/** @param key unique among the boxes */
function checkCell(runs: readonly RunRow[], name: string, key: string): HTMLElement {
  const isChecked = ({ folder }: RunRow): boolean => checked.has(folder);
  const box = element('input', {
    type: 'checkbox',
    class: 'check',
    'aria-label': t('Compare {0}', name),
    'data-key': `check ${key}`,
    checked: runs.every(isChecked),
  });
  box.indeterminate = !box.checked && runs.some(isChecked);
  box.addEventListener('change', () => {
    for (const { folder } of runs) {
      if (box.checked) checked.add(folder);
      else checked.delete(folder);
    }
    show();
  });
  const cell = element('td', { class: 'check-cell' }, box);
  cell.addEventListener('click', (event) => event.stopPropagation());
  return cell;
}

/** @param isMember whether the run belongs to the joined row above */
function runRow(
  entry: Entry,
  shown: readonly Column[],
  protocol: string | undefined,
  isMember = false,
): HTMLElement {
  const row = entry.first;
  const { folder } = row;
  const open = (): void => send({ type: 'openRun', folder });
  const name = element(
    'button',
    {
      class: 'link',
      title: `${row.name}\n${t('Open the dashboard of this run')}`,
      'data-key': `open ${folder}`,
    },
    row.name,
  );
  name.addEventListener('click', (event) => {
    event.stopPropagation();
    open();
  });
  const made = element(
    'tr',
    { class: `run${checked.has(folder) ? ' checked' : ''}${isMember ? ' member' : ''}` },
    checkCell([row], row.name, folder),
    element('th', { scope: 'row', class: 'run-name' }, name),
    ...shown.map((column) => column.cell(entry, protocol)),
  );
  made.addEventListener('click', open);
  return made;
}

/** A row with means, followed by those of its runs if it is expanded. */
function joinedRows(entry: Entry, shown: readonly Column[], group: RunGroup): HTMLElement[] {
  const { runs, first } = entry;
  const isExpanded = expanded.has(first.folder);
  const toggle = (): void => {
    if (isExpanded) expanded.delete(first.folder);
    else expanded.add(first.folder);
    show();
  };
  const title = t('{0} ({1} seeds)', groupName(entry), runs.length);
  const name = element(
    'button',
    {
      class: 'link joined',
      title: runs.map((run) => run.name).join('\n'),
      'aria-expanded': String(isExpanded),
      'data-key': `expand ${first.folder}`,
    },
    icon(isExpanded ? 'chevron-down' : 'chevron-right'),
    title,
  );
  const numbers = element('div', { class: 'note numbers' }, runNumbers(entry));
  name.addEventListener('click', (event) => {
    event.stopPropagation();
    toggle();
  });
  const isChecked = runs.every(({ folder }) => checked.has(folder));
  const made = element(
    'tr',
    { class: isChecked ? 'run checked' : 'run' },
    checkCell(runs, title, `group ${first.folder}`),
    element('th', { scope: 'row', class: 'run-name' }, name, numbers),
    ...shown.map((column) => column.cell(entry, group.protocol)),
  );
  made.addEventListener('click', toggle);
  if (!isExpanded) return [made];
  const members = grouped(runs.map(entryOf), sorting)
    .filter(({ protocol }) => protocol === group.protocol)
    .flatMap(({ entries }) => entries);
  return [made, ...members.map((member) => runRow(member, shown, group.protocol, true))];
}

function entryRows(entry: Entry, shown: readonly Column[], group: RunGroup): HTMLElement[] {
  return entry.isJoined ? joinedRows(entry, shown, group) : [runRow(entry, shown, group.protocol)];
}

function groupHead({ protocol }: RunGroup, shown: readonly Column[], content: Shown): HTMLElement {
  const { column } = sorting;
  const title = shown.find(({ id }) => id === column)?.title ?? column;
  const { rows: known } = content;
  const look = protocolLooks(known).find((one) => one.protocol === protocol);
  const mark = look === undefined ? '' : markOf(known, column, look.protocol);
  const caption = look?.caption ?? t('No {0} score', title);
  const text = mark === '' ? caption : `${mark}: ${caption}`;
  return element(
    'tr',
    { class: 'group' },
    element(
      'th',
      { scope: 'rowgroup', colspan: String(shown.length + 2) },
      element('span', { class: 'group-title', title: protocol }, text),
    ),
  );
}

function makeTable(content: Shown, shown: readonly Column[]): HTMLElement {
  const head = [
    element(
      'th',
      { scope: 'col', class: 'column-title check-cell' },
      element('span', { class: 'sr-only' }, t('Compare')),
    ),
    columnHead(
      { id: 'name', title: runColumnTitle('name'), isSortable: true, isDescendingFirst: false },
      'run-name',
    ),
    ...shown.map(movableHead),
  ];
  const bodies = grouped(content.entries, sorting).map((group) =>
    element(
      'tbody',
      {},
      ...(isScoreColumn(sorting.column) ? [groupHead(group, shown, content)] : []),
      ...group.entries.flatMap((entry) => entryRows(entry, shown, group)),
    ),
  );
  return element(
    'table',
    {},
    element('caption', { class: 'sr-only' }, t('Runs')),
    element('thead', {}, element('tr', {}, ...head)),
    ...bodies,
  );
}

function showTable(): void {
  const some = shownRows();
  const content = shownContent();
  const isThere = (): boolean =>
    sorting.column === 'name' ||
    columnsOf(content, columns, '').shown.some(({ id }) => id === sorting.column);
  if (!isThere()) sorting = NEWEST_FIRST;
  const { shown } = columnsOf(content, columns, sorting.column);
  // Preserves focus and scroll position while the numbers change.
  const { scrollTop, scrollLeft } = frame;
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement ? focused.dataset.key : undefined;
  beginPictures();
  frame.replaceChildren(
    some.length === 0
      ? element('p', { class: 'no-match note' }, t('No run matches the filter.'))
      : makeTable(content, shown),
  );
  frame.scrollTo(scrollLeft, scrollTop);
  if (key !== undefined) frame.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  protocols.replaceChildren(...protocolList(content.rows));
  protocols.hidden = protocols.childElementCount === 0;
  toolbar.show({
    all: rows.length,
    shown: some.length,
    checked: checkedRows().length,
    checkedLines: entriesOf(checkedRows(), true).length,
    hasSeeds: entriesOf(some, true).some(({ isJoined }) => isJoined),
    joinsSeeds: columns.joinsSeeds,
  });
}

function show(): void {
  page.hidden = rows.length === 0;
  empty.hidden = rows.length > 0;
  if (rows.length > 0) showTable();
  else
    empty.replaceChildren(
      icon('table whole-page-icon'),
      element('h1', {}, t('There are no runs yet')),
      element('p', {}, t('Train an experiment: its runs appear here with their scores.')),
    );
}

const ready = (): void => send({ type: 'ready' });
listen((message) => {
  if (message.type === 'thumbnail') {
    receiveThumbnail(message.folder, message.thumbnail);
    return;
  }
  ({ rows, columns } = message);
  show();
}, ready);
ready();
