/** One chart: lines over the band between the smallest and the largest value of each bucket, drawn by uPlot. */
import uPlot from 'uplot';
import type { CurveSlice, XAxis } from '../../src/shared/dashboard-protocol';
import { element } from '../dom';
import { formatCount, formatDuration, formatValue } from '../format';
import { themeColour, themeFont, translucent } from '../theme';
import type { ChartDefinition } from './definitions';
import { smooth } from './smoothing';

/** Positions on the x axis. */
export type XRange = readonly [from: number, to: number];

export interface ChartEvents {
  /** A range was chosen with the mouse; undefined for the whole run. */
  onZoom(range: XRange | undefined): void;
}

export interface ChartView {
  readonly slice: CurveSlice;
  readonly range: XRange;
  readonly smoothing: number;
  /** Of the sample that is shown; drawn where the x axis is the step. */
  readonly markedStep: number | undefined;
}

const HEIGHT_PX = 180;
/** Diameter of the point under the cursor. */
const POINT_SIZE_PX = 7;
const BAND_OPACITY = 0.18;
const BORDER_OPACITY = 0.2;
/** A line and the two borders of its band. */
const SERIES_PER_CURVE = 3;

export function formatPosition(xAxis: XAxis, value: number): string {
  return xAxis === 'seconds' ? formatDuration(value) : formatCount(value);
}

export class Chart {
  readonly root: HTMLElement;
  readonly #definition: ChartDefinition;
  readonly #plot: uPlot;
  readonly #values: readonly HTMLElement[];
  readonly #position: HTMLElement;
  #view: ChartView | undefined;

  constructor(definition: ChartDefinition, logarithmic: boolean, events: ChartEvents) {
    this.#definition = definition;
    this.#values = definition.curves.map(() => element('span', { class: 'value' }, '–'));
    this.#position = element('span', { class: 'position' });
    const legend = definition.curves.map(({ label, colour }, index) => {
      const swatch = element('span', { class: 'swatch' });
      swatch.style.backgroundColor = `var(${colour})`;
      return element('span', { class: 'legend-entry' }, swatch, label, this.#values[index] ?? '');
    });
    const canvas = element('div', {
      class: 'plot',
      tabindex: '0',
      role: 'img',
      'aria-label': `${definition.title}. Arrow keys read values, plus and minus zoom, 0 shows the whole run.`,
    });
    this.root = element(
      'figure',
      { class: 'chart' },
      element('figcaption', {}, element('h3', {}, definition.title), this.#position),
      element('div', { class: 'legend' }, ...legend),
      canvas,
    );
    this.#plot = new uPlot(this.#options(logarithmic, events), [[]], canvas);
    this.#listenToKeys(canvas);
    new ResizeObserver(() => this.#fit(canvas)).observe(canvas);
  }

  #options(logarithmic: boolean, events: ChartEvents): uPlot.Options {
    const { curves, range } = this.#definition;
    const axis = (): Partial<uPlot.Axis> => ({
      stroke: () => themeColour('--vscode-descriptionForeground'),
      grid: { stroke: () => translucent(themeColour('--vscode-foreground'), 0.1), width: 1 },
      ticks: { show: false },
      font: themeFont(11),
    });
    return {
      width: 300,
      height: HEIGHT_PX,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: {
        drag: { x: true, y: false, setScale: false },
        y: false,
        points: { size: (_, series) => (series % SERIES_PER_CURVE === 1 ? POINT_SIZE_PX : 0) },
        sync: { key: 'curves', filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' } },
        bind: {
          dblclick: () => () => {
            events.onZoom(undefined);
            return null;
          },
        },
      },
      scales: {
        x: { time: false, range: () => [...(this.#view?.range ?? [0, 1])] },
        y: {
          distr: logarithmic ? 3 : 1,
          ...(range === undefined || logarithmic ? {} : { range: [...range] }),
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
        ...curves.flatMap(({ colour }): uPlot.Series[] => [
          { stroke: () => themeColour(colour), width: 1.5, points: { show: false }, spanGaps: true },
          borderOfBand(colour),
          borderOfBand(colour),
        ]),
      ],
      bands: curves.map(({ colour }, index) => ({
        series: [SERIES_PER_CURVE * index + 3, SERIES_PER_CURVE * index + 2],
        fill: () => translucent(themeColour(colour), BAND_OPACITY),
      })),
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
        draw: [(plot) => this.#drawMark(plot)],
      },
    };
  }

  #xLabel(value: number): string {
    const { xAxis } = this.#view?.slice.view ?? { xAxis: 'step' };
    if (xAxis === 'seconds') return formatDuration(value);
    // There is no half step.
    if (!Number.isInteger(value)) return '';
    return value >= 1e4 ? `${Number((value / 1e3).toFixed(1))}k` : formatCount(value);
  }

  show(view: ChartView): void {
    this.#view = view;
    const isLogarithmic = this.#plot.scales.y?.distr === 3;
    const drawable = (value: number | null): number | null =>
      value === null || !Number.isFinite(value) || (isLogarithmic && value <= 0) ? null : value;
    const columns = this.#definition.curves.flatMap(({ name }) => {
      const curve = view.slice.curves.find((one) => one.name === name);
      if (curve === undefined) return [[], [], []];
      return [
        smooth(curve.mean, view.smoothing).map(drawable),
        Array.from(curve.min, drawable),
        Array.from(curve.max, drawable),
      ];
    });
    this.#plot.setData([Array.from(view.slice.x), ...columns]);
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
    const position = isRead ? x[idx] : undefined;
    this.#definition.curves.forEach((_, curve) => {
      const values = Array.from(data[SERIES_PER_CURVE * curve + 1] ?? []);
      const value = isRead ? values[idx] : values.findLast((one) => one !== null);
      this.#values[curve]?.replaceChildren(formatValue(value));
    });
    const { xAxis } = this.#view?.slice.view ?? { xAxis: 'step' };
    this.#position.textContent =
      position === undefined ? '' : `${POSITION_NAMES[xAxis]} ${formatPosition(xAxis, position)}`;
  }

  #drawMark(plot: uPlot): void {
    const view = this.#view;
    if (view?.markedStep === undefined || view.slice.view.xAxis !== 'step') return;
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
      event.preventDefault();
    });
  }
}

/** The values themselves, behind the smoothed line, where each bucket holds one. */
function borderOfBand(colour: string): uPlot.Series {
  return {
    stroke: () => translucent(themeColour(colour), BORDER_OPACITY),
    width: 1,
    points: { show: false },
    spanGaps: true,
  };
}

const POSITION_NAMES: Readonly<Record<XAxis, string>> = { step: 'Step', images: 'Image', seconds: 'Time' };

/** uPlot leaves labels of a logarithmic axis out where there would be too many. */
function formatTick(value: number | null): string {
  return value === null ? '' : formatValue(value);
}
