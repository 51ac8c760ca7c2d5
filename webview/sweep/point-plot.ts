/** A plot with a point for each trial: its axes, and which trial is pointed at. */
import type { Tick } from './axes';
import { isLightPage, scaleColour } from './colours';
import { arrange } from './keyed';
import type { Row } from './model';
import { svg } from './svg';
import type { Shown, ViewActions } from './view';

export interface PlottedPoint {
  readonly row: Row;
  /** From 0 (left, bottom) to 1. */
  readonly x: number;
  readonly y: number;
}

export interface Plotted {
  readonly x: { readonly title: string; readonly ticks: readonly Tick[] };
  readonly y: { readonly title: string; readonly ticks: readonly Tick[] };
  readonly points: readonly PlottedPoint[];
  /** Corners of a line, left to right. */
  readonly line: readonly { readonly x: number; readonly y: number }[];
  /** For screen readers. */
  readonly description: string;
}

const HEIGHT_PX = 250;
const MARGIN = { top: 24, right: 14, bottom: 38, left: 46 };
const RADIUS_PX = 4;
/** A point is pointed at from this far. */
const REACH_PX = 14;
/** Labels below the plot need this much room each. */
const LABEL_PX = 58;

export class PointPlot {
  readonly root = svg('svg', { class: 'point-plot', role: 'img', height: HEIGHT_PX });
  readonly #ring = svg('circle', { class: 'ring', r: RADIUS_PX + 3 });
  readonly #frame = svg('g');
  readonly #points = svg('g');
  /** By trial. */
  readonly #marks = new Map<number, SVGCircleElement>();
  #plotted: Plotted | undefined;
  #chosen: ReadonlySet<number> = new Set();
  #width = 0;

  constructor(actions: ViewActions) {
    this.root.addEventListener('pointermove', (event) =>
      actions.point(this.#nearest(event)?.row, { left: event.clientX, top: event.clientY }),
    );
    this.root.addEventListener('pointerleave', () => actions.point(undefined));
    this.root.addEventListener('click', (event) => {
      const point = this.#nearest(event);
      if (point !== undefined) actions.open(point.row);
    });
    this.root.append(this.#frame, this.#points, this.#ring);
    new ResizeObserver(() => this.#fit()).observe(this.root);
  }

  show(plotted: Plotted, { chosen }: Pick<Shown, 'chosen'>): void {
    this.#plotted = plotted;
    this.#chosen = chosen;
    this.#width = this.root.clientWidth;
    this.#draw();
  }

  showChosen({ chosen }: Pick<Shown, 'chosen'>): void {
    this.#chosen = chosen;
    for (const [trial, mark] of this.#marks) mark.classList.toggle('left-out', !chosen.has(trial));
  }

  showPointed({ pointed }: Pick<Shown, 'pointed'>): void {
    const point = this.#plotted?.points.find(({ row }) => row.trial.trial === pointed);
    this.root.classList.toggle('points', point !== undefined);
    this.#ring.classList.toggle('shown', point !== undefined);
    if (point === undefined) return;
    this.#ring.setAttribute('cx', String(this.#xOf(point.x)));
    this.#ring.setAttribute('cy', String(this.#yOf(point.y)));
  }

  #fit(): void {
    if (this.root.clientWidth === this.#width || this.root.clientWidth === 0) return;
    this.#width = this.root.clientWidth;
    this.#draw();
  }

  #xOf(x: number): number {
    return MARGIN.left + x * (this.#width - MARGIN.left - MARGIN.right);
  }

  #yOf(y: number): number {
    return HEIGHT_PX - MARGIN.bottom - y * (HEIGHT_PX - MARGIN.top - MARGIN.bottom);
  }

  #draw(): void {
    if (this.#plotted === undefined || this.#width === 0) return;
    const { x, y, points, line, description } = this.#plotted;
    const [left, right, top, bottom] = [this.#xOf(0), this.#xOf(1), this.#yOf(1), this.#yOf(0)];
    const isLight = isLightPage();
    // The best lie above all others.
    const sorted = points.toSorted((a, b) => (a.row.goodness ?? -1) - (b.row.goodness ?? -1));
    const gone = new Set(this.#marks.keys());
    for (const point of sorted) {
      gone.delete(point.row.trial.trial);
      this.#mark(point, isLight);
    }
    for (const trial of gone) this.#marks.delete(trial);
    arrange(
      this.#points,
      sorted.flatMap(({ row }) => this.#marks.get(row.trial.trial) ?? []),
    );
    this.root.setAttribute('aria-label', description);
    this.root.setAttribute('viewBox', `0 0 ${this.#width} ${HEIGHT_PX}`);
    const every = Math.ceil((x.ticks.length * LABEL_PX) / Math.max(1, right - left));
    this.#frame.replaceChildren(
      ...y.ticks.map(({ position, text }) => {
        const at = this.#yOf(position);
        return svg(
          'g',
          { class: 'tick' },
          svg('line', { class: 'grid', x1: left, x2: right, y1: at, y2: at }),
          svg('text', { x: left - 6, y: at, dy: '0.32em', 'text-anchor': 'end' }, text),
        );
      }),
      ...x.ticks.map(({ position, text }, index) => {
        const at = this.#xOf(position);
        return svg(
          'g',
          { class: 'tick' },
          svg('line', { x1: at, x2: at, y1: bottom, y2: bottom + 4 }),
          ...(index % every === 0
            ? [svg('text', { x: at, y: bottom + 16, 'text-anchor': 'middle' }, shortened(text))]
            : []),
        );
      }),
      svg('path', { class: 'axis-line', d: `M${left} ${top}V${bottom}H${right}` }),
      svg(
        'text',
        { class: 'plot-title', x: (left + right) / 2, y: HEIGHT_PX - 5, 'text-anchor': 'middle' },
        x.title,
      ),
      svg('text', { class: 'plot-title', x: 2, y: 11 }, y.title),
      svg('path', {
        class: 'best-line',
        d: line
          .map((corner, index) => `${index === 0 ? 'M' : 'L'}${this.#xOf(corner.x)} ${this.#yOf(corner.y)}`)
          .join(''),
      }),
    );
    this.showChosen({ chosen: this.#chosen });
  }

  #mark({ row, x, y }: PlottedPoint, isLight: boolean): void {
    const { trial } = row.trial;
    const mark = this.#marks.get(trial) ?? svg('circle', { class: 'point', r: RADIUS_PX });
    this.#marks.set(trial, mark);
    set(mark, 'cx', String(this.#xOf(x)));
    set(mark, 'cy', String(this.#yOf(y)));
    mark.classList.toggle('open', row.goodness === undefined);
    const fill = row.goodness === undefined ? '' : scaleColour(row.goodness, isLight);
    if (mark.dataset.fill === fill) return;
    mark.dataset.fill = fill;
    mark.style.fill = fill;
  }

  #nearest(event: MouseEvent): PlottedPoint | undefined {
    const { left, top } = this.root.getBoundingClientRect();
    let nearest: { readonly point: PlottedPoint; readonly distance: number } | undefined;
    for (const point of this.#plotted?.points ?? []) {
      if (!this.#chosen.has(point.row.trial.trial)) continue;
      const distance = Math.hypot(
        event.clientX - left - this.#xOf(point.x),
        event.clientY - top - this.#yOf(point.y),
      );
      if (distance < REACH_PX && (nearest === undefined || distance < nearest.distance))
        nearest = { point, distance };
    }
    return nearest?.point;
  }
}

/** Setting an attribute to the value that it has would draw the plot again. */
function set(mark: SVGElement, name: string, value: string): void {
  if (mark.getAttribute(name) !== value) mark.setAttribute(name, value);
}

function shortened(text: string): string {
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}
