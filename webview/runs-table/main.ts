/** The runs table: filtered, sorted by any column, with scores compared only within one protocol. */
import './style.css';
import type { RunRow, RunsTableColumns, RunsTableSorting } from '../../src/shared/runs-table-protocol';
import { fits } from '../../src/shared/words';
import { element, icon } from '../shared/dom';
import { t } from '../shared/texts';
import { type Column, columnsOf, runColumnTitle } from './columns';
import { keep, kept, listen, send } from './host';
import { grouped, isScoreColumn, type RunGroup } from './order';
import { markOf, protocolLooks } from './protocol-looks';
import { protocolList } from './protocols';
import { receiveThumbnail } from './thumbnails';
import { makeToolbar } from './toolbar';

const NEWEST_FIRST: RunsTableSorting = { column: 'createdAt', isDescending: true };

let { sorting = NEWEST_FIRST, filter = '' } = kept() ?? {};
let rows: readonly RunRow[] = [];
let columns: RunsTableColumns = { hidden: [], config: [] };
/** Folders of the checked runs; those that are gone or filtered out are ignored. */
const checked = new Set<string>();

const frame = element('div', { class: 'table-frame', tabindex: '0', role: 'group', 'aria-label': t('Runs') });
const protocols = element('div', { class: 'protocols' });
const toolbar = makeToolbar(filter, {
  onFilter(text) {
    filter = text;
    keepView();
    show();
  },
  onColumns: () => {
    const { offered } = columnsOf(rows, columns, sorting.column);
    send({ type: 'chooseColumns', columns: offered.map(({ id, title }) => ({ id, title })) });
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

function checkCell({ folder, name }: RunRow): HTMLElement {
  const box = element('input', {
    type: 'checkbox',
    class: 'check',
    'aria-label': t('Compare {0}', name),
    'data-key': `check ${folder}`,
    checked: checked.has(folder),
  });
  box.addEventListener('change', () => {
    if (box.checked) checked.add(folder);
    else checked.delete(folder);
    show();
  });
  const cell = element('td', { class: 'check-cell' }, box);
  cell.addEventListener('click', (event) => event.stopPropagation());
  return cell;
}

function runRow(row: RunRow, shown: readonly Column[], protocol: string | undefined): HTMLElement {
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
    { class: checked.has(folder) ? 'run checked' : 'run' },
    checkCell(row),
    element('th', { scope: 'row', class: 'run-name' }, name),
    ...shown.map((column) => column.cell(row, protocol)),
  );
  made.addEventListener('click', open);
  return made;
}

function groupHead({ protocol }: RunGroup, shown: readonly Column[]): HTMLElement {
  const { column } = sorting;
  const title = shown.find(({ id }) => id === column)?.title ?? column;
  const look = protocolLooks(rows).find((one) => one.protocol === protocol);
  const mark = look === undefined ? '' : markOf(rows, column, look.protocol);
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

function makeTable(some: readonly RunRow[], shown: readonly Column[]): HTMLElement {
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
    ...shown.map((column) => columnHead(column, column.isNumber ? 'number' : '')),
  ];
  const bodies = grouped(some, sorting).map((group) =>
    element(
      'tbody',
      {},
      ...(isScoreColumn(sorting.column) ? [groupHead(group, shown)] : []),
      ...group.rows.map((row) => runRow(row, shown, group.protocol)),
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
  const isThere = (): boolean =>
    sorting.column === 'name' || columnsOf(rows, columns, '').shown.some(({ id }) => id === sorting.column);
  if (!isThere()) sorting = NEWEST_FIRST;
  const { shown } = columnsOf(rows, columns, sorting.column);
  // Preserves focus and scroll position while the numbers change.
  const { scrollTop, scrollLeft } = frame;
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement ? focused.dataset.key : undefined;
  frame.replaceChildren(
    some.length === 0
      ? element('p', { class: 'no-match note' }, t('No run matches the filter.'))
      : makeTable(some, shown),
  );
  frame.scrollTo(scrollLeft, scrollTop);
  if (key !== undefined) frame.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  protocols.replaceChildren(...protocolList(rows));
  protocols.hidden = protocols.childElementCount === 0;
  toolbar.show({ all: rows.length, shown: some.length, checked: checkedRows().length });
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
