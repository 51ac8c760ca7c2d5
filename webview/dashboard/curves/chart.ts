/**
 * One chart, drawn by uPlot: lines, for a single run with the band between smallest and largest values, and for runs
 * averaged over seeds with that of a standard deviation.
 */
import uPlot from 'uplot';
import type { XAxis } from '../../../src/shared/dashboard-protocol';
import { element } from '../../shared/dom';
import { formatCount, formatDuration, formatValue } from '../../shared/format';
import { t } from '../../shared/texts';
import { themeColour, themeFont, translucent } from '../../shared/theme';
import type { XRange } from '../preferences';
import { ofRun, type RunLook } from '../run-look';
import { drawBeyond } from './beyond';
import { hideCursorCard, showCursorCard } from './cursor-card';
import { alignedColumns, type LineData, valueAt } from './data';
import { type ChartDefinition, fullTitle, type LineStyle } from './definitions';
import { type Gestures, listenToClicks, pan } from './gestures';
import { type Legend, makeLegend } from './legend';
import { drawMarks, type Mark } from './marks';
import { positionText, readingText } from './reading';
import { type ChartTitle, makeTitle } from './title';
import { outliersOf, yRange } from './y-range';

export interface ChartEvents extends Pick<Gestures, 'onPan'> {
  /** The user has selected a range with the mouse; undefined for the whole run. */
  onZoom(range: XRange | undefined): void;
  /** The user has clicked this position on the x axis. */
  onPick(position: number): void;
  /** The user wants to enlarge the chart, or to put it back. */
  onEnlarge(): void;
}

export interface ChartOptions {
  readonly isLogarithmic: boolean;
  readonly showsAll: boolean;
  readonly runs: readonly RunLook[];
  /** Whether lines are means over seeds, with deviations. */
  readonly isAveraged: boolean;
  /** Indices of the lines that are not drawn; changed by the legend. */
  readonly hidden: Set<number>;
}

export interface ChartView {
  readonly xAxis: XAxis;
  readonly range: XRange;
  readonly smoothing: number;
  /** One for each line of the definition. */
  readonly lines: readonly (LineData | undefined)[];
  /** Ascending in x. */
  readonly marks: readonly Mark[];
  /** Step of the sample that is shown; drawn if the x axis is the step. */
  readonly markedStep: number | undefined;
}

const LINE_WIDTH_PX = 1.5;
const LABEL_FONT_PX = 11;
/** Approximate, for axis labels. */
const WIDEST_DIGIT_PX = 7.5;
/** Diameter of the point under the cursor, and of a score. */
const POINT_SIZE_PX = 7;
const BAND_OPACITY = 0.18;
const BORDER_OPACITY = 0.2;

export class Chart {
  readonly root: HTMLElement;
  readonly definition: ChartDefinition;
  readonly #options: ChartOptions;
  readonly #hasBands: boolean;
  readonly #plot: uPlot;
  readonly #title: ChartTitle;
  readonly #legend: Legend;
  readonly #frame: HTMLElement;
  readonly #events: ChartEvents;
  /** Announces values read with the keys; the legend follows the mouse and training, and would never be silent. */
  readonly #announced = element('span', { class: 'sr-only', 'aria-live': 'polite' });
  #view: ChartView | undefined;
  /** The columns without smoothing; computed on first use. */
  #raw: ReturnType<typeof alignedColumns> | undefined;

  constructor(definition: ChartDefinition, options: ChartOptions, events: ChartEvents) {
    const { runs, isAveraged } = options;
    this.definition = definition;
    this.#options = options;
    this.#events = events;
    // Bands of all values of several runs would hide one another, and a score is a single value.
    this.#hasBands = isAveraged || (runs.length === 1 && definition.score === undefined);
    this.#title = makeTitle(definition, () => events.onEnlarge());
    this.#legend = makeLegend(definition, runs, (lines) => this.#toggle(lines));
    this.#frame = element('div', {
      class: 'plot',
      tabindex: '0',
      role: 'img',
      'aria-label': `${this.title}. ${t('Arrow keys read values, Shift+arrow keys pan, plus and minus zoom, 0 shows the whole run, Enter shows the samples of the step.')}`,
    });
    this.root = element(
      'figure',
      { class: 'chart' },
      this.#title.root,
      this.#legend.root,
      this.#frame,
      this.#announced,
    );
    this.#plot = new uPlot(this.#plotOptions(), [[]], this.#frame);
    this.#legend.showHidden(options.hidden);
    this.#listenToKeys();
    listenToClicks(this.#plot.over, { onPick: (left) => events.onPick(this.#plot.posToVal(left, 'x')) });
    new ResizeObserver(() => this.#fit()).observe(this.#frame);
  }

  /** Unique among the charts. */
  get title(): string {
    return fullTitle(this.definition);
  }

  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  set isEnlarged(isEnlarged: boolean) {
    this.#title.isEnlarged = isEnlarged;
  }

  focus(): void {
    this.#frame.focus();
  }

  get #columnsPerLine(): number {
    return this.#hasBands ? 3 : 1;
  }

  #plotOptions(): uPlot.Options {
    const { lines, score } = this.definition;
    const { hidden, isLogarithmic } = this.#options;
    const events = this.#events;
    const axis = (): Partial<uPlot.Axis> => ({
      stroke: () => themeColour('--vscode-descriptionForeground'),
      grid: { stroke: () => translucent(themeColour('--vscode-foreground'), 0.1), width: 1 },
      ticks: { show: false },
      font: themeFont(LABEL_FONT_PX),
    });
    const isOwnColumn = (series: number): boolean => (series - 1) % this.#columnsPerLine === 0;
    return {
      width: 300,
      height: 180,
      padding: [8, () => this.#roomForLastLabel(), 0, 0],
      legend: { show: false },
      cursor: {
        drag: { x: true, y: false, setScale: false },
        y: false,
        points: { size: (_, series) => (isOwnColumn(series) ? POINT_SIZE_PX : 0) },
        sync: { key: 'curves', filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' } },
        bind: {
          dblclick: () => () => {
            events.onZoom(undefined);
            return null;
          },
          mousedown: (plot, target, handle) => (event) => {
            if (event.button === 1 || (event.button === 0 && event.shiftKey)) pan(event, plot.over, events);
            else if (event.button === 0 && event.target === target) handle(event);
            return null;
          },
        },
      },
      scales: {
        x: { time: false, range: () => [...(this.#view?.range ?? [0, 1])] },
        y: {
          distr: isLogarithmic ? 3 : 1,
          range: () => [...this.#yRange()],
        },
      },
      axes: [
        {
          ...axis(),
          size: 24,
          space: 64,
          values: (_, splits) => splits.map((value) => this.#xLabel(value)),
        },
        // The same width for all charts, so that their plots align.
        { ...axis(), size: 52, values: (_, splits) => splits.map((value) => formatTick(value)) },
      ],
      series: [
        {},
        ...lines.flatMap((style, line) =>
          [
            ownColumn(style, score !== undefined),
            ...(this.#hasBands ? [borderOfBand(style), borderOfBand(style)] : []),
          ].map((series) => ({ ...series, show: !hidden.has(line) })),
        ),
      ],
      bands: this.#hasBands
        ? lines.map(({ colour }, index) => ({
            series: [this.#columnsPerLine * index + 3, this.#columnsPerLine * index + 2],
            fill: () => translucent(themeColour(colour), BAND_OPACITY),
          }))
        : [],
      hooks: {
        setCursor: [() => this.#readOut()],
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width < 4) return;
            events.onZoom([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
        draw: [
          (plot) => {
            this.#drawStep(plot);
            drawMarks(plot, this.#view?.marks ?? []);
            drawBeyond(
              plot,
              this.shownLines.map(([{ colour }, line]) => ({ colour, columns: this.#extremesOf(line) })),
            );
          },
        ],
      },
    };
  }

  /** The lines that are not hidden by the legend. */
  get shownLines(): (readonly [LineStyle, number])[] {
    return this.definition.lines.flatMap((style, line) =>
      this.#options.hidden.has(line) ? [] : [[style, line] as const],
    );
  }

  /** Indices into the plot's data: the line itself and the borders of its band. */
  #columnsOf(line: number): number[] {
    const first = this.#columnsPerLine * line + 1;
    return Array.from({ length: this.#columnsPerLine }, (_, index) => first + index);
  }

  /** Columns with values that may lie beyond the axis: smoothing has removed the outliers from the line itself. */
  #extremesOf(line: number): (ArrayLike<number | null | undefined> | undefined)[] {
    const [own, ...borders] = this.#columnsOf(line).map((column) => this.#plot.data[column]);
    if (borders.length > 0 || this.#smoothing === 0) return [own, ...borders];
    const { isLogarithmic, showsAll } = this.#options;
    return showsAll ? [own] : [own, outliersOf(this.#rawColumns?.[line + 1] ?? [], isLogarithmic)];
  }

  #yRange(): readonly [number, number] {
    const { limits, isWhole } = this.definition;
    const { isLogarithmic, showsAll } = this.#options;
    if (isWhole && limits !== undefined && !isLogarithmic) return limits;
    const scale = { showsAll, isLogarithmic, ...(limits === undefined ? {} : { limits }) };
    // uPlot calls this during construction.
    if (this.#view === undefined) return yRange([], scale);
    const [from, to] = this.#view.range;
    const { data } = this.#plot;
    const first = data[0].findIndex((position) => position >= from);
    const end = data[0].findLastIndex((position) => position <= to) + 1;
    const seen = (column: ArrayLike<number | null | undefined> = []) => Array.from(column).slice(first, end);
    const lines = this.shownLines.map(([, line]) => {
      const [own, ...borders] = this.#columnsOf(line).map((column) => seen(data[column]));
      const raw = borders.length > 0 ? borders : [seen(this.#rawColumns?.[line + 1])];
      return { drawn: own === undefined ? borders : [own, ...borders], raw };
    });
    return yRange(lines, scale);
  }

  /** Half of the label at the right edge extends beyond the plot. */
  #roomForLastLabel(): number {
    const label = this.#xLabel(this.#view?.range[1] ?? 0);
    return Math.max(12, Math.ceil((label.length * WIDEST_DIGIT_PX) / 2));
  }

  #toggle(lines: readonly number[]): void {
    const { hidden } = this.#options;
    const show = lines.every((line) => hidden.has(line));
    for (const line of lines) {
      if (show) hidden.delete(line);
      else hidden.add(line);
      for (const column of this.#columnsOf(line)) this.#plot.setSeries(column, { show }, false);
    }
    this.#legend.showHidden(hidden);
  }

  #xLabel(value: number): string {
    const xAxis = this.#view?.xAxis ?? 'step';
    if (xAxis === 'seconds') return formatDuration(value);
    // There are no fractional steps.
    if (!Number.isInteger(value)) return '';
    if (value >= 1e6) return `${Number((value / 1e6).toFixed(2))}M`;
    return value >= 1e4 ? `${Number((value / 1e3).toFixed(1))}k` : formatCount(value);
  }

  show(view: ChartView): void {
    this.#view = view;
    this.#raw = undefined;
    this.#plot.setData(this.#columns(view, this.#smoothing, this.#hasBands));
    this.#readOut();
  }

  /** Reads the theme's colours again. */
  redraw(): void {
    this.#plot.redraw(false, false);
  }

  destroy(): void {
    this.#plot.destroy();
    hideCursorCard();
    this.root.remove();
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#frame;
    if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  /** Scores are few, so each is shown as it is. */
  get #smoothing(): number {
    return this.definition.score === undefined ? (this.#view?.smoothing ?? 0) : 0;
  }

  #columns(view: ChartView, smoothing: number, hasBands: boolean): ReturnType<typeof alignedColumns> {
    return alignedColumns(view.lines, {
      smoothing,
      isRobust: !this.#options.showsAll,
      isLogarithmic: this.#options.isLogarithmic,
      hasBands,
    });
  }

  /** Shows the values under the cursor, or the newest ones. */
  #readOut(): void {
    const { data, cursor } = this.#plot;
    const [x] = data;
    const { idx } = cursor;
    const isRead = typeof idx === 'number';
    const isLast = !isRead && this.definition.namesLast === true;
    this.#legend.read(this.#valuesAt(isRead ? idx : x.length - 1), isLast ? t('last') : undefined);
    const position = isRead ? x[idx] : undefined;
    this.#title.position.textContent = position === undefined ? '' : this.#positionText(position);
    this.#showCard(isRead ? idx : undefined);
  }

  /** Shown next to the mouse pointer, only on the chart under it; the cursor itself appears on all charts. */
  #showCard(row: number | undefined): void {
    const { over, cursor, data } = this.#plot;
    if (!over.matches(':hover')) return;
    const position = row === undefined ? undefined : data[0][row];
    const isOverMark = over.querySelector('.mark:hover, .beyond:hover') !== null;
    if (row === undefined || position === undefined || isOverMark) {
      hideCursorCard();
      return;
    }
    const values = this.#valuesAt(row);
    const raw = this.#rawAt(row);
    const { runs } = this.#options;
    const lines = this.shownLines.map(([{ label, run, colour, dash }, line]) => ({
      label: ofRun(label, run, runs),
      colour,
      dash,
      value: values[line] ?? null,
      deviation: this.#options.isAveraged ? this.#deviationAt(line, row) : undefined,
      raw: raw?.[line],
    }));
    const { left, top } = over.getBoundingClientRect();
    const at = { left: left + (cursor.left ?? 0), top: top + (cursor.top ?? 0) };
    showCursorCard(this.#positionText(position), lines, at);
  }

  /** Half of the band; undefined for a run that stands for itself. */
  #deviationAt(line: number, row: number): number | undefined {
    const [, low, high] = this.#columnsOf(line).map((column) => valueAt(this.#plot.data[column] ?? [], row));
    return typeof low === 'number' && typeof high === 'number' ? (high - low) / 2 : undefined;
  }

  /** Undefined if the lines are not smoothed. */
  #rawAt(row: number): (number | null)[] | undefined {
    if (this.#smoothing === 0) return undefined;
    const columns = this.#rawColumns;
    return this.definition.lines.map((_, line) => valueAt(columns?.[line + 1] ?? [], row));
  }

  /** The column of positions, followed by one column per line. */
  get #rawColumns(): ReturnType<typeof alignedColumns> | undefined {
    if (this.#view !== undefined) this.#raw ??= this.#columns(this.#view, 0, false);
    return this.#raw;
  }

  #valuesAt(row: number): (number | null)[] {
    const { data } = this.#plot;
    return this.definition.lines.map((_, line) => valueAt(data[this.#columnsPerLine * line + 1] ?? [], row));
  }

  #positionText(position: number): string {
    return positionText(this.#view?.xAxis ?? 'step', position);
  }

  #drawStep(plot: uPlot): void {
    const view = this.#view;
    if (view?.markedStep === undefined || view.xAxis !== 'step') return;
    const [from, to] = view.range;
    if (view.markedStep < from || view.markedStep > to) return;
    const left = Math.round(plot.valToPos(view.markedStep, 'x', true));
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = themeColour('--vscode-descriptionForeground');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }

  #pickAtCursor(): void {
    const [x] = this.#plot.data;
    const position = x[this.#plot.cursor.idx ?? x.length - 1];
    if (position !== undefined) this.#events.onPick(position);
  }

  /** The arrow keys move the cursor from value to value, and Enter picks the current one. */
  #listenToKeys(): void {
    this.#frame.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#pickAtCursor();
      if (event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
      const [x] = this.#plot.data;
      const by = event.key === 'ArrowLeft' ? -1 : 1;
      const index = Math.min(x.length - 1, Math.max(0, (this.#plot.cursor.idx ?? x.length - 1) + by));
      const position = x[index];
      if (position === undefined) return;
      this.#plot.setCursor({
        left: this.#plot.valToPos(position, 'x'),
        top: this.#plot.over.clientHeight / 3,
      });
      this.#announced.textContent = readingText(
        this.#positionText(position),
        this.definition.lines,
        this.#valuesAt(index),
        this.#rawAt(index),
        this.#options.runs,
      );
      event.preventDefault();
    });
  }
}

function ownColumn({ colour, dash }: LineStyle, isScore: boolean): uPlot.Series {
  return {
    stroke: () => themeColour(colour),
    width: LINE_WIDTH_PX,
    ...(dash.length === 0 ? {} : { dash: [...dash] }),
    points: isScore ? { show: true, size: POINT_SIZE_PX, fill: () => themeColour(colour) } : { show: false },
    spanGaps: true,
  };
}

/** The raw values behind the smoothed line, if each bucket holds only one. */
function borderOfBand({ colour }: LineStyle): uPlot.Series {
  return {
    stroke: () => translucent(themeColour(colour), BORDER_OPACITY),
    width: 1,
    points: { show: false },
    spanGaps: true,
  };
}

/** uPlot omits labels of a logarithmic axis when they get too dense. */
function formatTick(value: number | null): string {
  // Otherwise an axis could show both 8.00e-4 and 0.001.
  return value === null ? '' : formatValue(value).replace(/\.?0+(?=e)/, '');
}
