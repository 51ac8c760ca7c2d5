/** The curves with their controls. All charts share one x axis, visible range and cursor. */
import './curves.css';
import { type CurveSlice, MAX_FURTHER_CURVES, STEP_CURVES } from '../../../src/shared/dashboard-protocol';
import { isLive } from '../../../src/shared/run-format';
import { element, icon } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/texts';
import { onThemeChange } from '../../shared/theme';
import { composePicture, type PictureTile } from '../compose-picture';
import { keep, keptPlace, keptPreferences, requestCurves, send } from '../host';
import type { Preferences, XRange } from '../preferences';
import { ofRun, type RunLook } from '../run-look';
import type { Receivers, Section, SectionContext } from '../section';
import type { SectionLinks } from '../section-links';
import { averagedRuns, haveSeeds, isAveraged, mustAverage, type ShownRuns } from './averaged';
import { Chart } from './chart';
import {
  curveNames,
  dataSourceOf,
  findingMarks,
  lineData,
  NO_CURVES,
  type RunCurves,
  scoreKinds,
  stepAt,
  wholeExtent,
} from './curve-data';
import { type ChartDefinition, chartsFor, fullTitle } from './definitions';
import { EnlargedChart } from './enlarged';
import { curveTables, showTables } from './table';
import { makeToolbar, type Toolbar } from './toolbar';
import { curveView } from './view';

const ZOOM_FACTOR = 2;
/** Fraction of the visible range per key press. */
const PAN_PART = 0.25;
/** Buckets are requested in whole hundreds, so that slowly resizing the window causes few requests. */
const BUCKET_QUANTUM = 100;
/** Throttles requests to the host during panning. */
const ASK_INTERVAL_MS = 80;

export class CurveSection implements Section {
  readonly root: HTMLElement;
  readonly receives: Receivers = {
    run: ({ status }) => this.#describeEmpty(!isLive(status)),
    config: ({ config }, run) => this.#show(run, dataSourceOf(config)),
    curves: ({ slice }, run) => this.#show(run, { slice }),
    findings: ({ findings }, run) => this.#show(run, { findings }),
    scores: ({ scores }, run) => this.#show(run, { scores }),
  };
  readonly #links: SectionLinks;
  readonly #body = element('div', { class: 'charts' });
  readonly #emptyText = element('p', {}, t('No steps recorded yet. Curves appear with the first step.'));
  readonly #empty = element(
    'div',
    { class: 'empty', hidden: true },
    icon('graph-line empty-icon'),
    this.#emptyText,
  );
  readonly #note = element('p', { class: 'note' });
  #preferences = keptPreferences();
  #runs: readonly RunLook[];
  readonly #curves: RunCurves[];
  readonly #toolbar: Toolbar;
  /** Undefined for the whole run. */
  #range = keptPlace().range;
  #charts: Chart[] = [];
  readonly #enlarged: EnlargedChart;
  /** The hidden lines of each chart, by its title: they persist when charts are rebuilt. */
  readonly #hidden = new Map<string, Set<number>>();
  #shownCharts = '';
  #markedStep: number | undefined;
  #frame: number | undefined;
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor({ runs, links }: SectionContext) {
    this.#runs = runs;
    this.#curves = runs.map(() => NO_CURVES);
    this.#links = links;
    this.#toolbar = this.#makeToolbar();
    this.root = element(
      'section',
      { class: 'curves', 'aria-label': t('Curves') },
      element('div', { class: 'section-head' }, element('h2', {}, t('Curves')), this.#toolbar.root),
      this.#empty,
      this.#body,
      this.#note,
    );
    this.#enlarged = new EnlargedChart(this.root);
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    onThemeChange(() => {
      for (const chart of this.#charts) chart.redraw();
    });
    links.renamed.listen((looks) => this.#rename(looks));
    links.stepShown.listen((step) => this.#mark(step));
  }

  /** Only now is the width known that determines the curves to request. */
  onVisible(): void {
    this.#request();
  }

  #request(): void {
    const width = Math.max(BUCKET_QUANTUM, Math.min(this.root.clientWidth, 2000));
    const maxBuckets = Math.ceil(width / BUCKET_QUANTUM) * BUCKET_QUANTUM;
    requestCurves(curveView(this.#preferences.xAxis, this.#range, maxBuckets));
  }

  /** Requests the curves of another range or x axis. */
  #requestOther(): void {
    keep({ range: this.#range });
    this.#request();
  }

  /** Shows new data of a run's curves. */
  #show(run: number, news: Partial<RunCurves>): void {
    // A stale answer, for another x axis.
    if (news.slice !== undefined && news.slice.view.xAxis !== this.#preferences.xAxis) return;
    this.#curves[run] = { ...NO_CURVES, ...this.#curves[run], ...news };
    this.#drawSoon();
  }

  /** A run that has ended records no more steps. */
  #describeEmpty(hasEnded: boolean): void {
    if (this.#runs.length > 1) return;
    this.#emptyText.textContent = hasEnded
      ? t('The run ended before a step was recorded.')
      : t('No steps recorded yet. Curves appear with the first step.');
  }

  #rename(runs: readonly RunLook[]): void {
    this.#runs = runs;
    const isChoice = haveSeeds(runs) && !mustAverage(runs);
    this.#toolbar.offerAverage(isChoice ? this.#isAveraged : undefined);
    this.#rebuild();
  }

  /** Marks the step of the visible sample in the charts. */
  #mark(step: number): void {
    this.#markedStep = step;
    if (!this.#preferences.asTable) this.#drawSoon();
  }

  #makeToolbar(): Toolbar {
    return makeToolbar(this.#preferences, {
      onXAxis: (xAxis) => {
        this.#range = undefined;
        this.#prefer({ xAxis });
        this.#requestOther();
      },
      onSmoothing: (smoothing) => {
        this.#prefer({ smoothing });
        this.#draw();
      },
      onLook: (change) => {
        this.#prefer(change);
        if (change.averagesSeeds !== undefined) this.#average(change.averagesSeeds);
        this.#rebuild();
      },
      onZoom: (direction) => this.#zoom(direction === 'in' ? 1 / ZOOM_FACTOR : ZOOM_FACTOR),
      onWholeRun: () => this.#setRange(undefined),
      onPicture: () => void this.#savePicture(),
      onExportValues: () => send({ type: 'exportCurves' }),
    });
  }

  get #isAveraged(): boolean {
    return isAveraged(this.#runs, this.#preferences.averagesSeeds);
  }

  /** Lines have other places then. */
  #average(averagesSeeds: boolean): void {
    this.#hidden.clear();
    this.#links.seedsAveraged.send(averagesSeeds);
  }

  #prefer(change: Partial<Preferences>): void {
    this.#preferences = { ...this.#preferences, ...change };
    keep(this.#preferences);
  }

  get #extent(): XRange {
    const [first, last] = wholeExtent(this.#curves) ?? [0, 1];
    return [first, Math.max(last, first + 1)];
  }

  get #visibleRange(): XRange {
    return this.#range ?? this.#extent;
  }

  #setRange(range: XRange | undefined): void {
    this.#range = range;
    this.#draw();
    clearTimeout(this.#asking);
    this.#asking = undefined;
    this.#requestOther();
  }

  /** Zooms around the middle, but not beyond the run. */
  #zoom(factor: number): void {
    const [from, to] = this.#visibleRange;
    const middle = (from + to) / 2;
    const half = ((to - from) / 2) * factor;
    this.#setRange(this.#within(middle - half, middle + half));
  }

  #panned(part: number): XRange | undefined {
    const [from, to] = this.#visibleRange;
    const [first, last] = this.#extent;
    const by = Math.min(last - to, Math.max(first - from, (to - from) * part));
    return this.#within(from + by, to + by);
  }

  /** The visible range follows the mouse at once; requests for the uncovered values are throttled. */
  #follow(part: number): void {
    this.#range = this.#panned(part);
    this.#draw();
    this.#asking ??= setTimeout(() => {
      this.#asking = undefined;
      this.#requestOther();
    }, ASK_INTERVAL_MS);
  }

  #within(from: number, to: number): XRange | undefined {
    const [first, last] = this.#extent;
    const [low, high] = [Math.max(first, from), Math.min(last, to)];
    const isWhole = from <= first && to >= last;
    // A run resumed from an earlier step may end before the range in view.
    return isWhole || low >= high ? undefined : [low, high];
  }

  #onKey(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.plot, .table-frame')) return;
    if (event.key === '+' || event.key === '=') this.#zoom(1 / ZOOM_FACTOR);
    else if (event.key === '-') this.#zoom(ZOOM_FACTOR);
    else if (event.key === '0') this.#setRange(undefined);
    else if (event.shiftKey && event.key === 'ArrowLeft') this.#setRange(this.#panned(-PAN_PART));
    else if (event.shiftKey && event.key === 'ArrowRight') this.#setRange(this.#panned(PAN_PART));
    else return;
    event.preventDefault();
  }

  #rebuild(): void {
    this.#shownCharts = '';
    this.#draw();
  }

  /** Curves, findings, scores and samples of a run arrive separately, but are drawn together. */
  #drawSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const isKnown = this.#curves.some(({ slice }) => slice !== undefined);
    if (!isKnown) return;
    const isEmpty = wholeExtent(this.#curves) === undefined;
    this.#note.textContent = isEmpty ? '' : `${this.#describe()} ${this.#describeLimit()}`.trim();
    this.#empty.hidden = !isEmpty;
    if (isEmpty) {
      this.#showNoCharts();
      return;
    }
    const { looks, curves } = this.#shownRuns();
    const definitions = chartsFor(looks, curveNames(curves), scoreKinds(curves));
    const { xAxis, asTable } = this.#preferences;
    if (asTable) {
      if (this.#charts.length > 0) this.#showNoCharts();
      showTables(this.#body, curveTables(curves, definitions, looks, xAxis));
      return;
    }
    const shown = JSON.stringify(definitions);
    if (shown !== this.#shownCharts) this.#build(definitions, shown, looks);
    const marks = findingMarks(curves, looks, xAxis);
    for (const chart of this.#charts) {
      const { lines, score } = chart.definition;
      chart.show({
        xAxis,
        range: this.#visibleRange,
        smoothing: this.#preferences.smoothing,
        lines: lines.map((line) => lineData(curves, line, score, xAxis)),
        marks,
        markedStep: this.#markedStep,
      });
    }
  }

  #shownRuns(): ShownRuns {
    const runs = { looks: this.#runs, curves: this.#curves };
    return this.#isAveraged ? averagedRuns(runs) : runs;
  }

  #build(definitions: readonly ChartDefinition[], shown: string, looks: readonly RunLook[]): void {
    this.#clear();
    this.#shownCharts = shown;
    this.#charts = definitions.map((definition) => this.#chartOf(definition, looks));
    this.#body.replaceChildren(...this.#charts.map(({ root }) => root));
    this.#enlarged.replace(this.#charts);
  }

  #chartOf(definition: ChartDefinition, looks: readonly RunLook[]): Chart {
    const title = fullTitle(definition);
    const hidden = this.#hidden.get(title) ?? new Set();
    this.#hidden.set(title, hidden);
    const { logarithmic: isLogarithmic, allValues: showsAll } = this.#preferences;
    const chart = new Chart(
      definition,
      { isLogarithmic, showsAll, runs: looks, isAveraged: this.#isAveraged, hidden },
      {
        onZoom: (range) => this.#setRange(range),
        onPan: (part) => this.#follow(part),
        onPick: (position) => this.#pick(position),
        onEnlarge: () => this.#enlarged.toggle(chart),
      },
    );
    return chart;
  }

  #pick(position: number): void {
    const step = stepAt(this.#curves, position);
    if (step !== undefined) this.#links.stepPicked.send(step);
  }

  #showNoCharts(): void {
    this.#clear();
    this.#enlarged.replace([]);
  }

  #clear(): void {
    for (const chart of this.#charts) chart.destroy();
    this.#charts = [];
    this.#shownCharts = '';
    this.#body.replaceChildren();
  }

  async #savePicture(): Promise<void> {
    if (this.#charts.length === 0) return;
    // Laid out as on the page.
    const tops = [...new Set(this.#charts.map(({ root }) => root.offsetTop))];
    const rows = tops.map((top) =>
      this.#charts.filter(({ root }) => root.offsetTop === top).map((chart) => this.#tileOf(chart)),
    );
    send({ type: 'savePicture', subject: 'curves', png: await composePicture(rows) });
  }

  #tileOf({ title, shownLines, canvas }: Chart): PictureTile {
    const { looks } = this.#shownRuns();
    const legend = shownLines.map(([{ label, run, colour, dash }]) => ({
      text: ofRun(label, run, looks),
      colour,
      dash,
    }));
    return { title, legend, picture: canvas };
  }

  /** Shown if a run has as many values as are kept, or more. */
  #describeLimit(): string {
    const most = STEP_CURVES.length + MAX_FURTHER_CURVES;
    if (this.#curves.every(({ slice }) => slice === undefined || slice.curves.length < most)) return '';
    return t('Only the first {0} additional values of a run are shown.', MAX_FURTHER_CURVES);
  }

  #describe(): string {
    const slices = this.#curves.flatMap(({ slice }): CurveSlice[] => (slice === undefined ? [] : [slice]));
    const recordCount = slices.reduce((sum, slice) => sum + slice.recordCount, 0);
    const recordsPerBucket = Math.max(...slices.map((slice) => slice.recordsPerBucket));
    if (this.#preferences.asTable)
      return recordCount === 1
        ? t('1 record.')
        : t(
            '{0} records. The table shows at most 100 rows of means, newest first.',
            formatCount(recordCount),
          );
    const help = t(
      'Click a chart to show the samples of that step. Drag to zoom, Shift+drag to pan, double-click for the whole run.',
    );
    if (this.#isAveraged)
      return `${t('Lines of several seeds are their mean over the steps that all have; the band is ± one standard deviation.')} ${help}`;
    if (recordsPerBucket === 1) return help;
    const meaning =
      this.#runs.length === 1
        ? t(
            'Each point is the mean of {0} of {1} records; the band spans their minimum and maximum.',
            formatCount(recordsPerBucket),
            formatCount(recordCount),
          )
        : t('Each point is the mean of up to {0} records.', formatCount(recordsPerBucket));
    return `${meaning} ${help}`;
  }
}
