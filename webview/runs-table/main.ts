/** The table of runs: sorted by any column, scores only among those of one protocol. */
import './style.css';
import {
  type FromRunsTable,
  RUNS_TABLE_PROTOCOL_VERSION,
  type RunRow,
  type RunsTableEnvelope,
  type RunsTableSorting,
  type RunsTableState,
  type TableScore,
} from '../../src/shared/runs-table-protocol';
import type { ScoreKind } from '../../src/shared/scores';
import { element, icon } from '../dom';
import { formatCount, formatValue } from '../format';
import { statusLabel } from '../status';
import { t } from '../texts';
import {
  grouped,
  isBestOfProtocol,
  isRunColumn,
  protocolsOf,
  RUN_COLUMNS,
  type RunColumn,
  scoreColumns,
  scoresOf,
} from './order';
import { pictureOf, receiveThumbnail } from './thumbnails';

interface VsCodeApi {
  postMessage(message: FromRunsTable): void;
  setState(state: RunsTableState): void;
  getState(): RunsTableState | undefined;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();
const NEWEST_FIRST: RunsTableSorting = { column: 'createdAt', isDescending: true };

let sorting = api.getState()?.sorting ?? NEWEST_FIRST;
let rows: readonly RunRow[] = [];

const count = element('span', { class: 'run-id' });
const frame = element('div', { class: 'table-frame', tabindex: '0' });
const protocols = element('div', { class: 'protocols' });
const empty = element(
  'div',
  { class: 'whole-page', role: 'status' },
  icon('loading codicon-modifier-spin whole-page-icon'),
  element('p', {}, t('Reading the runs…')),
);
const page = element(
  'div',
  { class: 'page', hidden: true },
  element('header', {}, element('div', { class: 'head' }, element('h1', {}, t('Runs')), count)),
  element('main', { class: 'runs' }, frame, protocols),
);
document.body.append(empty, page);

const dateTime = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

function titleOf(column: RunColumn): string {
  switch (column) {
    case 'name':
      return t('Run');
    case 'experiment':
      return t('Experiment');
    case 'status':
      return t('State');
    case 'step':
      return t('Step');
    case 'createdAt':
      return t('Created');
  }
}

/** A click sorts; another turns the order around. Of scores the best comes first. */
function sortBy(column: string, isDescendingFirst: boolean): void {
  const isDescending = sorting.column === column ? !sorting.isDescending : isDescendingFirst;
  sorting = { column, isDescending };
  api.setState({ sorting });
  show();
  frame.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
}

function columnHead(column: string, title: string, isDescendingFirst: boolean): HTMLElement {
  const isSorted = sorting.column === column;
  const button = element(
    'button',
    { class: 'sort', 'data-column': column },
    title,
    ...(isSorted ? [icon(sorting.isDescending ? 'arrow-down' : 'arrow-up')] : []),
  );
  button.addEventListener('click', () => sortBy(column, isDescendingFirst));
  const order = sorting.isDescending ? 'descending' : 'ascending';
  return element(
    'th',
    { scope: 'col', class: 'column-title', 'aria-sort': isSorted ? order : undefined },
    button,
  );
}

/** Marks of the protocols of a score: `A` for that of the most runs; none where there is but one. */
function markOf(name: string, protocol: string): string {
  const known = protocolsOf(rows, name);
  return known.length < 2 ? '' : String.fromCharCode('A'.charCodeAt(0) + (known.indexOf(protocol) % 26));
}

/** @param protocol of the group in which the cell stands; all others stand elsewhere */
function scoreCell(row: RunRow, name: string, protocol: string | undefined): HTMLElement {
  const shown = scoresOf(row, name).filter((score) => protocol === undefined || score.protocol === protocol);
  if (shown.length === 0) return element('td', { class: 'number note' }, '–');
  return element('td', { class: 'number' }, ...shown.map(scoreText));
}

function scoreText(score: TableScore): HTMLElement {
  const { name, value, step, protocol } = score;
  const isBest = isBestOfProtocol(rows, score);
  const mark = markOf(name, protocol);
  return element(
    'span',
    {
      class: isBest ? 'score best' : 'score',
      title: t('Best at step {0} ({1})', formatCount(step), protocol),
    },
    ...(isBest ? [icon('star-full'), element('span', { class: 'sr-only' }, t('best'))] : []),
    formatValue(value),
    ...(mark === '' ? [] : [element('sup', {}, mark)]),
  );
}

function runRow(row: RunRow, scores: readonly ScoreKind[], protocol: string | undefined): HTMLElement {
  const open = (): void => api.postMessage({ type: 'openRun', folder: row.folder });
  const name = element('button', { class: 'link', title: t('Open the dashboard of this run') }, row.name);
  name.addEventListener('click', (event) => {
    event.stopPropagation();
    open();
  });
  const status =
    row.status === 'damaged'
      ? element('span', { class: 'status failed' }, icon('warning'), t('Damaged'))
      : statusLabel(row.status);
  const cells = [
    element('td', {}, row.experiment),
    element('td', {}, status),
    element('td', { class: 'number' }, `${formatCount(row.step)} / ${formatCount(row.totalSteps)}`),
    element('td', {}, row.createdAt === undefined ? '–' : dateTime.format(new Date(row.createdAt))),
    ...scores.map(({ name }) => scoreCell(row, name, name === sorting.column ? protocol : undefined)),
  ];
  const tags = row.tags.map((tag) => element('span', { class: 'tag' }, tag));
  const made = element(
    'tr',
    { class: 'run' },
    element('th', { scope: 'row' }, pictureOf(row.folder), name, ...tags),
    ...cells,
  );
  made.addEventListener('click', open);
  return made;
}

function groupHead(protocol: string | undefined, columns: number): HTMLElement {
  const { column } = sorting;
  const score = scoreColumns(rows).find(({ name }) => name === column);
  const mark = protocol === undefined ? '' : markOf(column, protocol);
  const text =
    protocol === undefined
      ? t('Without {0}', score?.title ?? column)
      : mark === ''
        ? protocol
        : `${mark}: ${protocol}`;
  return element(
    'tr',
    { class: 'group' },
    element('th', { scope: 'rowgroup', colspan: String(columns) }, text),
  );
}

function showTable(): void {
  const scores = scoreColumns(rows);
  if (!isRunColumn(sorting.column) && !scores.some(({ name }) => name === sorting.column))
    sorting = NEWEST_FIRST;
  const columns = RUN_COLUMNS.length + scores.length;
  const head = [
    ...RUN_COLUMNS.map((column) =>
      columnHead(column, titleOf(column), column === 'createdAt' || column === 'step'),
    ),
    ...scores.map(({ name, title, better }) => columnHead(name, title, better === 'higher')),
  ];
  const bodies = grouped(rows, sorting).map((group) =>
    element(
      'tbody',
      {},
      ...(isRunColumn(sorting.column) ? [] : [groupHead(group.protocol, columns)]),
      ...group.rows.map((row) => runRow(row, scores, group.protocol)),
    ),
  );
  // The focus and the place stay while the numbers move.
  const { scrollTop, scrollLeft } = frame;
  frame.replaceChildren(
    element(
      'table',
      {},
      element('caption', { class: 'sr-only' }, t('Runs')),
      element('thead', {}, element('tr', {}, ...head)),
      ...bodies,
    ),
  );
  frame.scrollTo(scrollLeft, scrollTop);
  showProtocols(scores);
}

/** What stands behind the marks, and that values of different ones say nothing of each other. */
function showProtocols(scores: readonly ScoreKind[]): void {
  const titles = new Map<string, { mark: string; protocol: string; scores: string[] }>();
  for (const { name, title } of scores)
    for (const protocol of protocolsOf(rows, name)) {
      const mark = markOf(name, protocol);
      const entry = titles.get(mark + protocol) ?? { mark, protocol, scores: [] };
      entry.scores.push(title);
      titles.set(mark + protocol, entry);
    }
  const entries = [...titles.values()].map(({ mark, protocol, scores: ofProtocol }) =>
    element(
      'li',
      {},
      element('strong', {}, mark === '' ? protocol : `${mark}: ${protocol}`),
      ` – ${ofProtocol.join(', ')}`,
    ),
  );
  protocols.hidden = entries.length === 0;
  protocols.replaceChildren(
    element('h2', {}, t('Protocols')),
    element(
      'p',
      { class: 'note' },
      t('Values are in order, and a star is given, among runs that were scored by the same protocol alone.'),
    ),
    element('ul', {}, ...entries),
  );
}

function show(): void {
  count.textContent = t('{0} runs', formatCount(rows.length));
  page.hidden = rows.length === 0;
  empty.hidden = rows.length > 0;
  if (rows.length > 0) showTable();
  else
    empty.replaceChildren(
      icon('table whole-page-icon'),
      element('h1', {}, t('There are no runs yet')),
      element('p', {}, t('Train an experiment: each training is a run, and stands here with its scores.')),
    );
}

window.addEventListener('message', ({ data }: MessageEvent<RunsTableEnvelope>) => {
  if (data.protocol !== RUNS_TABLE_PROTOCOL_VERSION) return;
  if (data.type === 'thumbnail') {
    receiveThumbnail(data.folder, data.thumbnail);
    return;
  }
  const focused = document.activeElement;
  const column = focused instanceof HTMLElement ? focused.dataset.column : undefined;
  rows = data.rows;
  show();
  if (column !== undefined) frame.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
});
api.postMessage({ type: 'ready' });
