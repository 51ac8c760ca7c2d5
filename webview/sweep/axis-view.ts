/** An axis of the parallel coordinates: its scale, and the part of it that is chosen. */
import { t } from '../shared/texts';
import type { Axis } from './axes';
import { brushBetween, brushByKey, movedBrush, type Range } from './brush';
import { svg } from './svg';

interface Place {
  /** In the pixels of the drawing. */
  readonly x: number;
  readonly isLast: boolean;
  yOf(position: number): number;
  positionAt(event: PointerEvent): number;
  onBrush(range: Range | undefined): void;
}

/** Labels with more characters reach beyond the margin. */
const LONG = 9;
const BRUSH_WIDTH_PX = 14;
/** Where a press begins or changes a choice. */
const TARGET_WIDTH_PX = 30;
/** An end of the chosen part is grabbed from this far, as a position. */
const GRAB = 0.03;

/** How a drag changes the choice: its position at the press, and what it holds on to. */
type Drag =
  | { readonly from: number; readonly range: Range }
  | { readonly from: number; readonly range?: undefined };

export class AxisView {
  readonly root: SVGGElement;
  readonly #axis: Axis;
  readonly #place: Place;
  readonly #brush: SVGRectElement;
  readonly #ends: readonly [SVGGElement, SVGGElement];
  #range: Range | undefined;
  #drag: Drag | undefined;

  constructor(axis: Axis, place: Place) {
    this.#axis = axis;
    this.#place = place;
    const { x, yOf } = place;
    this.#brush = svg('rect', { class: 'brush', x: x - BRUSH_WIDTH_PX / 2, width: BRUSH_WIDTH_PX });
    this.#ends = [this.#makeEnd(0), this.#makeEnd(1)];
    const target = svg('rect', {
      class: 'brush-target',
      x: x - TARGET_WIDTH_PX / 2,
      y: yOf(1),
      width: TARGET_WIDTH_PX,
      height: yOf(0) - yOf(1),
    });
    this.root = svg(
      'g',
      { class: 'axis', 'data-axis': axis.key },
      svg('line', { class: 'axis-line', x1: x, x2: x, y1: yOf(0), y2: yOf(1) }),
      ...axis.ticks.map(({ position, text }) => this.#tick(position, text)),
      this.#brush,
      target,
      ...this.#ends,
    );
    target.addEventListener('pointerdown', (event) => this.#press(event, target));
    target.addEventListener('pointermove', (event) => this.#move(event));
    target.addEventListener('pointerup', (event) => this.#release(event));
    target.addEventListener('click', (event) => event.stopPropagation());
  }

  showBrush(range: Range | undefined): void {
    this.#range = range;
    const [low, high] = range ?? [0, 1];
    const { yOf } = this.#place;
    this.root.classList.toggle('brushed', range !== undefined);
    this.#brush.setAttribute('y', String(yOf(high)));
    this.#brush.setAttribute('height', String(yOf(low) - yOf(high)));
    [low, high].forEach((position, index) => {
      const end = this.#ends[index];
      end?.setAttribute('transform', `translate(${this.#place.x} ${yOf(position)})`);
      end?.setAttribute('aria-valuenow', String(Math.round(100 * position)));
      end?.setAttribute('aria-valuetext', this.#axis.textAt(this.#inside(position, index)));
    });
  }

  /** The ends of a choice lie between the values of a list: the value within it. */
  #inside(position: number, end: number): number {
    const half = 0.5 / (this.#axis.categories ?? Number.POSITIVE_INFINITY);
    return end === 0 ? position + half : position - half;
  }

  #tick(position: number, text: string): SVGElement {
    const { x, yOf, isLast } = this.#place;
    const y = yOf(position);
    // There is little room beyond the last axis.
    const isBefore = isLast && this.#axis.ticks.some((tick) => tick.text.length > LONG);
    return svg(
      'g',
      { class: 'tick' },
      svg('line', { x1: x - 3, x2: x + 3, y1: y, y2: y }),
      svg(
        'text',
        isBefore ? { x: x - 8, y, dy: '0.32em', 'text-anchor': 'end' } : { x: x + 8, y, dy: '0.32em' },
        text.length > 18 ? `${text.slice(0, 17)}…` : text,
      ),
    );
  }

  #makeEnd(end: 0 | 1): SVGGElement {
    const { title, key } = this.#axis;
    const made = svg(
      'g',
      {
        class: 'brush-end',
        role: 'slider',
        tabindex: 0,
        'data-key': `end ${end} ${key}`,
        'aria-orientation': 'vertical',
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-label': end === 0 ? t('{0}, lower end', title) : t('{0}, upper end', title),
      },
      svg('rect', { x: -BRUSH_WIDTH_PX / 2, y: -2, width: BRUSH_WIDTH_PX, height: 4, rx: 1 }),
    );
    made.addEventListener('keydown', (event) => {
      const range = brushByKey(this.#axis, this.#range, end, event.key);
      if (range === 'none') return;
      event.preventDefault();
      this.#place.onBrush(range);
    });
    return made;
  }

  #press(event: PointerEvent, target: SVGElement): void {
    if (event.button !== 0) return;
    target.setPointerCapture(event.pointerId);
    const from = this.#place.positionAt(event);
    const range = this.#range;
    if (range === undefined) this.#drag = { from };
    // Grabbed at one end, the other is where the choice begins.
    else if (Math.abs(from - range[0]) < GRAB) this.#drag = { from: range[1] };
    else if (Math.abs(from - range[1]) < GRAB) this.#drag = { from: range[0] };
    else this.#drag = from > range[0] && from < range[1] ? { from, range } : { from };
  }

  #move(event: PointerEvent): void {
    if (this.#drag === undefined) return;
    const range = this.#dragged(event, this.#drag);
    if (range !== undefined) this.#place.onBrush(range);
  }

  /** A click chooses the whole axis again. */
  #release(event: PointerEvent): void {
    const drag = this.#drag;
    this.#drag = undefined;
    if (drag === undefined) return;
    const isClick = drag.range !== undefined && Math.abs(this.#place.positionAt(event) - drag.from) < 0.01;
    this.#place.onBrush(isClick ? undefined : this.#dragged(event, drag));
  }

  #dragged(event: PointerEvent, { from, range }: Drag): Range | undefined {
    const at = this.#place.positionAt(event);
    return range === undefined
      ? brushBetween(this.#axis, from, at)
      : movedBrush(this.#axis, range, at - from);
  }
}
