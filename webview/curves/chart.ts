/** One chart: lines, in that of a single run over the band of smallest and largest values, drawn by uPlot. */
import uPlot from 'uplot';
import type { XAxis } from '../../src/shared/dashboard-protocol';
import { element } from '../dom';
import { formatCount, formatDuration, formatValue } from '../format';
import type { XRange } from '../preferences';
import type { RunLook } from '../run-look';
import { t } from '../texts';
import { themeColour, themeFont, translucent } from '../theme';
import { alignedColumns, type LineData, valueAt } from './data';
import type { ChartDefinition, LineStyle } from './definitions';
import { type Legend, makeLegend } from './legend';
import { drawMarks, type Mark } from './marks';
import { positionText, readingText } from './reading';

export interface ChartEvents {
  /** A range was chosen with the mouse; undefined for the whole run. */
  onZoom(range: XRange | undefined): void;
  /** The mouse has moved what is shown by this part of its width. */
  onPan(part: number): void;
}

export interface ChartOptions {
  readonly isLogarithmic: boolean;
  readonly runs: readonly RunLook[];
}

export interface ChartView {
  readonly xAxis: XAxis;
  readonly range: XRange;
  readonly smoothing: number;
  /** For each line of the definition. */
  readonly lines: readonly (LineData | undefined)[];
  /** Ascending in x. */
  readonly marks: readonly Mark[];
  /** Of the sample that is shown; drawn where the x axis is the step. */
  readonly markedStep: number | undefined;
}

const HEIGHT_PX = 180;
const LINE_WIDTH_PX = 1.5;
/** Diameter of the point under the cursor, and of a score. */
const POINT_SIZE_PX = 7;
const BAND_OPACITY = 0.18;
const BORDER_OPACITY = 0.2;

export class Chart {
  readonly root: HTMLElement;
  readonly definition: ChartDefinition;
  readonly #isLogarithmic: boolean;
  readonly #hasBands: boolean;
  readonly #plot: uPlot;
  readonly #legend: Legend;
  readonly #runs: readonly RunLook[];
  readonly #position = element('span', { class: 'position' });
  /** What the keys have read; the legend moves with the mouse and with training, and would never be silent. */
  readonly #announced = element('span', { class: 'sr-only', 'aria-live': 'polite' });
  #view: ChartView | undefined;

  constructor(definition: ChartDefinition, { isLogarithmic, runs }: ChartOptions, events: ChartEvents) {
    this.definition = definition;
    this.#runs = runs;
    this.#isLogarithmic = isLogarithmic;
    // Bands of several runs would hide one another, and a score is one value.
    this.#hasBands = runs.length === 1 && definition.score === undefined;
    this.#legend = makeLegend(definition, runs);
    const help = t(
      'Drag to zoom, drag with Shift or the middle button to move, double-click for the whole run.',
    );
    const canvas = element('div', {
      class: 'plot',
      tabindex: '0',
      role: 'img',
      title: help,
      'aria-label': `${definition.title}. ${t('Arrow keys read values, with Shift they move; plus and minus zoom, 0 shows the whole run.')}`,
    });
    this.root = element(
      'figure',
      { class: 'chart' },
      element('figcaption', {}, element('h3', {}, definition.title), this.#position),
      this.#legend.root,
      canvas,
      this.#announced,
    );
    this.#plot = new uPlot(this.#options(events), [[]], canvas);
    this.#listenToKeys(canvas);
    new ResizeObserver(() => this.#fit(canvas)).observe(canvas);
  }

  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  get #columnsPerLine(): number {
    return this.#hasBands ? 3 : 1;
  }

  #options(events: ChartEvents): uPlot.Options {
    const { lines, range, score } = this.definition;
    const axis = (): Partial<uPlot.Axis> => ({
      stroke: () => themeColour('--vscode-descriptionForeground'),
      grid: { stroke: () => translucent(themeColour('--vscode-foreground'), 0.1), width: 1 },
      ticks: { show: false },
      font: themeFont(11),
    });
    const isOwnColumn = (series: number): boolean => (series - 1) % this.#columnsPerLine === 0;
    return {
      width: 300,
      height: HEIGHT_PX,
      padding: [8, 12, 0, 0],
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
          distr: this.#isLogarithmic ? 3 : 1,
          ...(range === undefined || this.#isLogarithmic ? {} : { range: [...range] }),
        },
      },
      axes: [
        {
          ...axis(),
          size: 24,
          space: 64,
          values: (_, splits) => splits.map((value) => this.#xLabel(value)),
        },
        { ...axis(), size: 52, values: (_, splits) => splits.map((value) => formatTick(value)) },
      ],
      series: [
        {},
        ...lines.flatMap((style) => [
          ownColumn(style, score !== undefined),
          ...(this.#hasBands ? [borderOfBand(style), borderOfBand(style)] : []),
        ]),
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
          },
        ],
      },
    };
  }

  #xLabel(value: number): string {
    const xAxis = this.#view?.xAxis ?? 'step';
    if (xAxis === 'seconds') return formatDuration(value);
    // There is no half step.
    if (!Number.isInteger(value)) return '';
    if (value >= 1e6) return `${Number((value / 1e6).toFixed(2))}M`;
    return value >= 1e4 ? `${Number((value / 1e3).toFixed(1))}k` : formatCount(value);
  }

  show(view: ChartView): void {
    this.#view = view;
    this.#plot.setData(
      alignedColumns(view.lines, {
        // Scores are few, and each is worth to be seen as it is.
        smoothing: this.definition.score === undefined ? view.smoothing : 0,
        isLogarithmic: this.#isLogarithmic,
        hasBands: this.#hasBands,
      }),
    );
    this.#readOut();
  }

  /** Colours are asked for anew. */
  redraw(): void {
    this.#plot.redraw(false, false);
  }

  destroy(): void {
    this.#plot.destroy();
    this.root.remove();
  }

  #fit(canvas: HTMLElement): void {
    if (canvas.clientWidth > 0) this.#plot.setSize({ width: canvas.clientWidth, height: HEIGHT_PX });
  }

  /** The values under the cursor, or the newest ones. */
  #readOut(): void {
    const { data, cursor } = this.#plot;
    const [x] = data;
    const { idx } = cursor;
    const isRead = typeof idx === 'number';
    this.#legend.read(this.#valuesAt(isRead ? idx : x.length - 1));
    const position = isRead ? x[idx] : undefined;
    this.#position.textContent = position === undefined ? '' : this.#positionText(position);
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

  /** The arrow keys move the cursor from value to value. */
  #listenToKeys(canvas: HTMLElement): void {
    canvas.addEventListener('keydown', (event) => {
      if (event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
      const [x] = this.#plot.data;
      const by = event.key === 'ArrowLeft' ? -1 : 1;
      const index = Math.min(x.length - 1, Math.max(0, (this.#plot.cursor.idx ?? x.length - 1) + by));
      const position = x[index];
      if (position === undefined) return;
      this.#plot.setCursor({ left: this.#plot.valToPos(position, 'x'), top: HEIGHT_PX / 3 });
      this.#announced.textContent = readingText(
        this.#positionText(position),
        this.definition.lines,
        this.#valuesAt(index),
        this.#runs,
      );
      event.preventDefault();
    });
  }
}

/** Follows the mouse until its button is released. */
function pan(event: MouseEvent, over: HTMLElement, events: ChartEvents): void {
  // The middle button would scroll the page.
  event.preventDefault();
  let last = event.clientX;
  const move = ({ clientX }: MouseEvent): void => {
    events.onPan((last - clientX) / Math.max(1, over.clientWidth));
    last = clientX;
  };
  const end = (): void => {
    over.classList.remove('panning');
    document.removeEventListener('mousemove', move);
    document.removeEventListener('mouseup', end);
  };
  over.classList.add('panning');
  document.addEventListener('mousemove', move);
  document.addEventListener('mouseup', end);
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

/** The values themselves, behind the smoothed line, where each bucket holds one. */
function borderOfBand({ colour }: LineStyle): uPlot.Series {
  return {
    stroke: () => translucent(themeColour(colour), BORDER_OPACITY),
    width: 1,
    points: { show: false },
    spanGaps: true,
  };
}

/** uPlot leaves labels of a logarithmic axis out where there would be too many. */
function formatTick(value: number | null): string {
  return value === null ? '' : formatValue(value);
}
