/** The curves with their controls. All charts share one x axis, one range of it and one cursor. */
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { CurveSlice, CurveView, XAxis } from '../../src/shared/dashboard-protocol';
import { element, icon } from '../dom';
import { formatCount } from '../format';
import type { Preferences } from '../preferences';
import { onThemeChange } from '../theme';
import { Chart, type XRange } from './chart';
import { chartsFor } from './definitions';
import { curveTable } from './table';

export interface CurveSectionEvents {
  onView(view: CurveView): void;
  onPreferences(preferences: Preferences): void;
}

const X_AXIS_LABELS: readonly (readonly [XAxis, string])[] = [
  ['step', 'Step'],
  ['images', 'Images'],
  ['seconds', 'Time'],
];
const ZOOM_FACTOR = 2;
/** Of the visible range, for one key press. */
const PAN_PART = 0.25;
/** Buckets are asked for in whole hundreds, so that a slow drag of the window's edge asks rarely. */
const BUCKET_QUANTUM = 100;

export class CurveSection {
  readonly root: HTMLElement;
  readonly #events: CurveSectionEvents;
  readonly #body = element('div', { class: 'charts' });
  readonly #empty = element(
    'div',
    { class: 'empty', hidden: true },
    icon('graph-line empty-icon'),
    element('p', {}, 'No step has been recorded yet. The curves begin with the first one.'),
  );
  readonly #note = element('p', { class: 'note', 'aria-live': 'polite' });
  #preferences: Preferences;
  #slice: CurveSlice | undefined;
  #range: XRange | undefined;
  #charts: Chart[] = [];
  #chartNames = '';
  #markedStep: number | undefined;

  constructor(preferences: Preferences, events: CurveSectionEvents) {
    this.#preferences = preferences;
    this.#events = events;
    this.root = element(
      'section',
      { class: 'curves', 'aria-label': 'Curves' },
      element('div', { class: 'section-head' }, element('h2', {}, 'Curves'), this.#toolbar()),
      this.#empty,
      this.#body,
      this.#note,
    );
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    onThemeChange(() => {
      for (const chart of this.#charts) chart.redraw();
    });
  }

  /** What the host is asked for. */
  get view(): CurveView {
    const width = Math.max(BUCKET_QUANTUM, Math.min(this.root.clientWidth, 2000));
    const maxBuckets = Math.ceil(width / BUCKET_QUANTUM) * BUCKET_QUANTUM;
    const { xAxis } = this.#preferences;
    if (this.#range === undefined) return { xAxis, maxBuckets };
    return { xAxis, maxBuckets, from: this.#range[0], to: this.#range[1] };
  }

  show(slice: CurveSlice): void {
    // An answer to a question that is no longer asked.
    if (slice.view.xAxis !== this.#preferences.xAxis) return;
    this.#slice = slice;
    this.#draw();
  }

  /** Shows in the charts at which step the sample is that is looked at. */
  mark(step: number | undefined): void {
    this.#markedStep = step;
    if (!this.#preferences.asTable) this.#draw();
  }

  #toolbar(): HTMLElement {
    const xAxis = element('vscode-single-select', {
      label: 'x axis',
      'aria-label': 'x axis',
      class: 'x-axis',
    });
    for (const [value, label] of X_AXIS_LABELS) {
      const isSelected = value === this.#preferences.xAxis;
      xAxis.append(element('vscode-option', { value, selected: isSelected }, label));
    }
    xAxis.addEventListener('change', () => {
      const chosen = X_AXIS_LABELS.find(([value]) => value === xAxis.value)?.[0];
      if (chosen === undefined) return;
      this.#range = undefined;
      this.#prefer({ xAxis: chosen });
      this.#events.onView(this.view);
    });

    const shown = element('output', { class: 'smoothing-value' }, this.#preferences.smoothing.toFixed(2));
    const smoothing = element('input', {
      type: 'range',
      min: '0',
      max: '0.99',
      step: '0.01',
      value: String(this.#preferences.smoothing),
      'aria-label': 'Smoothing',
    });
    smoothing.addEventListener('input', () => {
      shown.textContent = smoothing.valueAsNumber.toFixed(2);
      this.#prefer({ smoothing: smoothing.valueAsNumber });
      this.#draw();
    });

    const logarithmic = element('vscode-checkbox', {
      label: 'Log scale',
      checked: this.#preferences.logarithmic,
    });
    logarithmic.addEventListener('change', () => {
      this.#prefer({ logarithmic: logarithmic.checked });
      this.#rebuild();
    });

    const asTable = element('vscode-toolbar-button', {
      icon: 'table',
      label: 'Show the values as a table',
      title: 'Show the values as a table',
      toggleable: true,
      checked: this.#preferences.asTable,
    });
    asTable.addEventListener('change', () => {
      this.#prefer({ asTable: asTable.checked });
      this.#rebuild();
    });

    return element(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'How the curves are shown' },
      xAxis,
      element('label', { class: 'smoothing' }, 'Smoothing', smoothing, shown),
      logarithmic,
      element(
        'span',
        { class: 'buttons' },
        this.#button('zoom-in', 'Zoom in (+)', () => this.#zoom(1 / ZOOM_FACTOR)),
        this.#button('zoom-out', 'Zoom out (−)', () => this.#zoom(ZOOM_FACTOR)),
        this.#button('screen-full', 'Show the whole run (0)', () => this.#setRange(undefined)),
        asTable,
      ),
    );
  }

  #button(iconName: string, title: string, act: () => void): HTMLElement {
    const button = element('vscode-toolbar-button', { icon: iconName, label: title, title });
    button.addEventListener('click', act);
    return button;
  }

  #prefer(change: Partial<Preferences>): void {
    this.#preferences = { ...this.#preferences, ...change };
    this.#events.onPreferences(this.#preferences);
  }

  get #visibleRange(): XRange {
    if (this.#range !== undefined) return this.#range;
    const [first, last] = this.#slice?.extent ?? [0, 1];
    return [first, Math.max(last, first + 1)];
  }

  #setRange(range: XRange | undefined): void {
    this.#range = range;
    this.#draw();
    this.#events.onView(this.view);
  }

  /** Around the middle; never beyond the run. */
  #zoom(factor: number): void {
    const [from, to] = this.#visibleRange;
    const middle = (from + to) / 2;
    const half = ((to - from) / 2) * factor;
    this.#setRangeWithin(middle - half, middle + half);
  }

  #pan(part: number): void {
    const [from, to] = this.#visibleRange;
    const [first, last] = this.#slice?.extent ?? [from, to];
    const by = Math.min(last - to, Math.max(first - from, (to - from) * part));
    this.#setRangeWithin(from + by, to + by);
  }

  #setRangeWithin(from: number, to: number): void {
    const [first, last] = this.#slice?.extent ?? [from, to];
    const isWhole = from <= first && to >= last;
    this.#setRange(isWhole ? undefined : [Math.max(first, from), Math.min(last, to)]);
  }

  #onKey(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('plot')) return;
    if (event.key === '+' || event.key === '=') this.#zoom(1 / ZOOM_FACTOR);
    else if (event.key === '-') this.#zoom(ZOOM_FACTOR);
    else if (event.key === '0') this.#setRange(undefined);
    else if (event.shiftKey && event.key === 'ArrowLeft') this.#pan(-PAN_PART);
    else if (event.shiftKey && event.key === 'ArrowRight') this.#pan(PAN_PART);
    else return;
    event.preventDefault();
  }

  #rebuild(): void {
    this.#chartNames = '';
    this.#draw();
  }

  #draw(): void {
    const slice = this.#slice;
    if (slice === undefined) return;
    this.#note.textContent = this.#describe(slice);
    this.#empty.hidden = slice.recordCount > 0;
    if (slice.recordCount === 0) {
      this.#clear();
      return;
    }
    const names = slice.curves.map(({ name }) => name);
    const definitions = chartsFor(names);
    if (this.#preferences.asTable) {
      this.#clear();
      this.#body.replaceChildren(curveTable(slice, definitions));
      return;
    }
    if (names.join() !== this.#chartNames) {
      this.#clear();
      this.#chartNames = names.join();
      this.#charts = definitions.map(
        (definition) =>
          new Chart(definition, this.#preferences.logarithmic, {
            onZoom: (range) => this.#setRange(range),
          }),
      );
      this.#body.replaceChildren(...this.#charts.map(({ root }) => root));
    }
    for (const chart of this.#charts) {
      chart.show({
        slice,
        range: this.#visibleRange,
        smoothing: this.#preferences.smoothing,
        markedStep: this.#markedStep,
      });
    }
  }

  #clear(): void {
    for (const chart of this.#charts) chart.destroy();
    this.#charts = [];
    this.#chartNames = '';
    this.#body.replaceChildren();
  }

  #describe({ recordCount, recordsPerBucket }: CurveSlice): string {
    if (recordCount === 0) return '';
    if (this.#preferences.asTable)
      return `${formatCount(recordCount)} records; the table shows means, at most 100 rows of them, the newest on top.`;
    if (recordsPerBucket === 1) return 'Drag across a chart to zoom in; double-click to see the whole run.';
    return (
      `Each point is the mean of ${formatCount(recordsPerBucket)} of ${formatCount(recordCount)} records, ` +
      'the band reaches from the smallest to the largest. Drag across a chart to zoom in.'
    );
  }
}
