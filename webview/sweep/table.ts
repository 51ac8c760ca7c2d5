/** The table of trials: every parameter is a column. A row is made anew only if its trial has changed. */
import { element, icon } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { OBJECTIVE, valueText } from './axes';
import { breakable } from './axis-title';
import { isLightPage, scaleColour } from './colours';
import { arrange } from './keyed';
import { type Model, type Row, ranked } from './model';
import { comparedText, objectiveText, objectiveTitle, statusIcon, statusText } from './texts-of-trial';
import type { Shown, View, ViewActions } from './view';

export interface Sorting {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Best first. */
export const BY_RANK: Sorting = { column: OBJECTIVE, isDescending: false };

interface Column {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly isNumber: boolean;
  cell(row: Row): Node;
  /** Numbers sort before texts, and both before what is missing. */
  sortsBy(row: Row): number | string | undefined;
}

interface MadeRow {
  readonly element: HTMLTableRowElement;
  /** Everything that decides how it looks, colours excepted. */
  readonly look: string;
}

export class TrialTable implements View {
  readonly root: HTMLElement;
  readonly #actions: ViewActions;
  readonly #onSort: (sorting: Sorting) => void;
  #sorting: Sorting;
  readonly #head = element('tr');
  readonly #body = element('tbody');
  #headLook = '';
  #rows: ReadonlyMap<number, MadeRow> = new Map();
  /** What the rows show now, by trial: an element may be older. */
  #data: ReadonlyMap<number, Row> = new Map();
  #shown: Shown | undefined;
  readonly #none = element(
    'p',
    { class: 'no-match note', hidden: true },
    t('No trial lies in the chosen ranges.'),
  );

  constructor(sorting: Sorting, actions: ViewActions, onSort: (sorting: Sorting) => void) {
    this.#sorting = sorting;
    this.#actions = actions;
    this.#onSort = onSort;
    this.root = element('div', {
      class: 'table-frame',
      tabindex: '0',
      role: 'group',
      'aria-label': t('Trials'),
    });
    this.root.append(
      element(
        'table',
        {},
        element('caption', { class: 'sr-only' }, t('Trials')),
        element('thead', {}, this.#head),
        this.#body,
      ),
      this.#none,
    );
  }

  show(shown: Shown): void {
    this.#shown = shown;
    const { model } = shown;
    const { scrollTop, scrollLeft } = this.root;
    const focused = document.activeElement;
    const key =
      focused instanceof HTMLElement && this.root.contains(focused) ? focused.dataset.key : undefined;
    const columns = columnsOf(model, this.#actions);
    const column = columns.find(({ id }) => id === this.#sorting.column);
    if (column === undefined) this.#sorting = BY_RANK;
    this.#showHead(columns);
    const before = this.#rows;
    const sorted = this.#sorted(model, column);
    this.#data = new Map(sorted.map((row) => [row.trial.trial, row]));
    this.#rows = new Map(
      sorted.map((row) => [row.trial.trial, this.#madeRow(row, model, columns, before.get(row.trial.trial))]),
    );
    arrange(
      this.#body,
      [...this.#rows.values()].map(({ element: made }) => made),
    );
    this.showChosen(shown);
    this.showPointed(shown);
    this.root.scrollTo(scrollLeft, scrollTop);
    // A row that was made anew or moved has lost it.
    if (key !== undefined && document.activeElement !== focused)
      this.root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  #showHead(columns: readonly Column[]): void {
    const look = JSON.stringify([columns, this.#sorting]);
    if (look === this.#headLook) return;
    this.#headLook = look;
    this.#head.replaceChildren(...columns.map((each) => this.#makeHead(each)), actionHead());
  }

  /** The row there is if it would look the same; colours change with every new best trial, and are set in any case. */
  #madeRow(row: Row, model: Model, columns: readonly Column[], before: MadeRow | undefined): MadeRow {
    const { values, status, steps, reason, runs } = row.trial;
    const isRanked = row.goodness !== undefined;
    const shape = columns.map(({ id, title }) => [id, title]);
    const look = JSON.stringify([values, status, steps, reason, runs, row.shown, model.at, isRanked, shape]);
    const made = before?.look === look ? before : { look, element: this.#makeRow(row, columns) };
    const swatch = made.element.querySelector<HTMLElement>('.goodness');
    if (swatch !== null && row.goodness !== undefined)
      swatch.style.background = scaleColour(row.goodness, isLightPage());
    return made;
  }

  showChosen(shown: Shown): void {
    this.#shown = shown;
    for (const [trial, row] of this.#rows) row.element.hidden = !shown.chosen.has(trial);
    this.#none.hidden = shown.chosen.size > 0;
  }

  showPointed(shown: Shown): void {
    this.#shown = shown;
    for (const row of this.root.querySelectorAll('tr.pointed')) row.classList.remove('pointed');
    if (shown.pointed !== undefined) this.#rows.get(shown.pointed)?.element.classList.add('pointed');
  }

  #sorted({ rows, sweep }: Model, column: Column | undefined): Row[] {
    const { isDescending } = this.#sorting;
    const best = ranked(rows, sweep.objective.better);
    if (column === undefined || column.id === OBJECTIVE) return isDescending ? best.reverse() : best;
    const sorted = best.toSorted((a, b) => compared(column.sortsBy(a), column.sortsBy(b)));
    return isDescending ? sorted.reverse() : sorted;
  }

  #makeHead({ id, title, hint, isNumber }: Column): HTMLElement {
    const { column, isDescending } = this.#sorting;
    const isSorted = column === id;
    const button = element(
      'button',
      { class: 'sort', title: hint ?? title, 'data-key': `column ${id}` },
      ...breakable(title),
      ...(isSorted ? [icon(isDescending ? 'arrow-down' : 'arrow-up')] : []),
    );
    button.addEventListener('click', () => {
      this.#sorting = { column: id, isDescending: isSorted && !isDescending };
      this.#onSort(this.#sorting);
      if (this.#shown !== undefined) this.show(this.#shown);
    });
    return element(
      'th',
      {
        scope: 'col',
        class: `column-title ${isNumber ? 'number' : ''}`,
        'aria-sort': isSorted ? (isDescending ? 'descending' : 'ascending') : undefined,
      },
      button,
    );
  }

  #makeRow(row: Row, columns: readonly Column[]): HTMLTableRowElement {
    const { trial } = row;
    const start = startButton(trial.trial);
    const made = element(
      'tr',
      { class: `trial ${trial.status}` },
      ...columns.map((column) =>
        element(
          column.id === 'trial' ? 'th' : 'td',
          { class: column.isNumber ? 'number' : '' },
          column.cell(row),
        ),
      ),
      element('td', { class: 'trial-actions' }, start),
    );
    const now = (): Row => this.#data.get(trial.trial) ?? row;
    start.addEventListener('click', (event) => {
      event.stopPropagation();
      this.#actions.startFrom(now());
    });
    made.addEventListener('click', () => this.#actions.open(now()));
    made.addEventListener('pointerenter', () => this.#actions.point(now()));
    made.addEventListener('pointerleave', () => this.#actions.point(undefined));
    made.addEventListener('focusin', () => this.#actions.point(now()));
    made.addEventListener('focusout', () => this.#actions.point(undefined));
    return made;
  }
}

/** Plain: a thousand custom elements would take a second to make. */
function startButton(trial: number): HTMLElement {
  const title = t('Start from This Configuration');
  return element(
    'button',
    { class: 'row-action', title, 'aria-label': title, 'data-key': `start ${trial}` },
    icon('new-file'),
  );
}

function actionHead(): HTMLElement {
  return element(
    'th',
    { scope: 'col', class: 'column-title' },
    element('span', { class: 'sr-only' }, t('Actions')),
  );
}

function compared(a: number | string | undefined, b: number | string | undefined): number {
  const groupOf = (value: number | string | undefined): number =>
    value === undefined ? 2 : typeof value === 'number' ? 0 : 1;
  if (groupOf(a) !== groupOf(b)) return groupOf(a) - groupOf(b);
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a ?? '').localeCompare(String(b ?? ''));
}

function columnsOf(model: Model, actions: ViewActions): Column[] {
  const { sweep, axes } = model;
  return [
    {
      id: 'trial',
      title: t('Trial'),
      isNumber: true,
      cell: (row) => trialLink(row, actions),
      sortsBy: ({ trial }) => trial.trial,
    },
    {
      id: OBJECTIVE,
      title: objectiveTitle(sweep),
      isNumber: true,
      cell: (row) => objectiveCell(row, model),
      sortsBy: ({ shown }) => shown?.value,
    },
    {
      id: 'status',
      title: t('State'),
      isNumber: false,
      cell: ({ trial }) =>
        element(
          'span',
          { class: `trial-status ${trial.status}`, title: trial.reason },
          icon(statusIcon(trial.status)),
          statusText(trial.status),
        ),
      sortsBy: ({ trial }) => statusText(trial.status),
    },
    {
      id: 'steps',
      title: t('Steps'),
      isNumber: true,
      cell: ({ trial }) => document.createTextNode(formatCount(trial.steps)),
      sortsBy: ({ trial }) => trial.steps,
    },
    ...sweep.parameters.map(
      (parameter, index): Column => ({
        id: `parameter ${parameter.key}`,
        title: axes[index]?.title ?? parameter.key,
        hint: parameter.key,
        isNumber: !('values' in parameter) || parameter.values.every((value) => typeof value === 'number'),
        cell: ({ trial }) => document.createTextNode(valueText(trial.values[index] ?? null)),
        sortsBy: ({ trial }) => {
          const value = trial.values[index];
          return typeof value === 'number' ? value : value === undefined ? undefined : valueText(value);
        },
      }),
    ),
    ...(sweep.seeds > 1
      ? [
          {
            id: 'seeds',
            title: t('Seeds'),
            isNumber: false,
            cell: ({ trial }: Row) =>
              element('span', { class: 'seed-values' }, seedsText(trial.runs.map(({ value }) => value))),
            sortsBy: ({ trial }: Row) => trial.runs.length,
          },
        ]
      : []),
  ];
}

function seedsText(values: readonly (number | undefined)[]): string {
  return values.map((value) => (value === undefined ? '–' : valueText(value))).join(', ');
}

function trialLink(row: Row, actions: ViewActions): HTMLElement {
  const { trial } = row;
  const link = element(
    'button',
    {
      class: 'link',
      'data-key': `trial ${trial.trial}`,
      'aria-label': t('Trial {0}', trial.trial),
      title: t('Open the dashboard of this run'),
      disabled: trial.runs.length === 0,
    },
    String(trial.trial),
  );
  link.addEventListener('click', (event) => {
    event.stopPropagation();
    actions.open(row);
  });
  return link;
}

function objectiveCell(row: Row, model: Model): HTMLElement {
  const text = objectiveText(row, model.at);
  if (text === undefined) return element('span', { class: 'note' }, '–');
  if (row.goodness === undefined)
    return element('span', { class: 'note', title: comparedText(row, model) }, `(${text})`);
  return element(
    'span',
    { class: 'objective' },
    element('span', { class: 'goodness', 'aria-hidden': 'true' }),
    text,
  );
}
