/**
 * Parallel coordinates: an axis for each parameter and for the objective, and a line for each trial. The lines are on a
 * canvas, because a sweep may have a thousand of them; what can be operated is SVG and HTML above it.
 */
import { context2d, fitCanvas } from '../shared/canvas';
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { themeColour } from '../shared/theme';
import { type Axis, OBJECTIVE } from './axes';
import { AxisTitle } from './axis-title';
import { AxisView } from './axis-view';
import { isLightPage, scaleColour } from './colours';
import { inOrder, type Row } from './model';
import { svg } from './svg';
import type { Shown, View, ViewActions } from './view';

/** Space around the axes, in CSS pixels; the titles are above. */
const MARGIN = { top: 14, bottom: 12, left: 34, right: 74 };
const HEIGHT_PX = 300;
/** Axes closer together scroll. */
const LEAST_GAP_PX = 92;
/** A line is pointed at from this far. */
const REACH_PX = 9;

export class ParallelPlot implements View {
  readonly root: HTMLElement;
  readonly #actions: ViewActions;
  readonly #lines = element('canvas', { class: 'lines', 'aria-hidden': 'true' });
  readonly #highlight = element('canvas', { class: 'lines', 'aria-hidden': 'true' });
  readonly #svg = svg('svg', { class: 'axes' });
  readonly #titles = element('div', { class: 'axis-titles' });
  readonly #stage = element('div', { class: 'parallel-stage' });
  readonly #axes = new Map<string, AxisView>();
  #shown: Shown | undefined;
  #order: readonly Axis[] = [];
  /** What the drawn axes were made from. */
  #axesLook = '';
  #width = 0;

  constructor(actions: ViewActions) {
    this.#actions = actions;
    this.#stage.append(this.#titles, this.#lines, this.#highlight, this.#svg);
    this.root = element(
      'div',
      { class: 'parallel', role: 'group', 'aria-label': t('Parameters and objective of each trial') },
      this.#stage,
    );
    this.#svg.addEventListener('pointermove', (event) => this.#point(event));
    this.#svg.addEventListener('pointerleave', () => actions.point(undefined));
    this.#svg.addEventListener('click', (event) => {
      const row = this.#rowAt(event);
      if (row !== undefined) actions.open(row);
    });
    new ResizeObserver(() => this.#fit()).observe(this.root);
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#order = inOrder(shown.model.axes, shown.order);
    const look = JSON.stringify(this.#order);
    if (look === this.#axesLook && this.#width > 0) {
      this.showChosen(shown);
      return;
    }
    this.#axesLook = look;
    this.#width = 0;
    this.#fit();
  }

  showChosen(shown: Shown): void {
    this.#shown = shown;
    for (const [key, axis] of this.#axes) axis.showBrush(shown.brushes.get(key));
    this.#draw();
  }

  showPointed(shown: Shown): void {
    this.#shown = shown;
    this.#drawHighlight();
  }

  #fit(): void {
    const width = Math.max(
      this.root.clientWidth,
      (this.#order.length - 1) * LEAST_GAP_PX + MARGIN.left + MARGIN.right,
    );
    if (this.#shown === undefined || width === this.#width || this.root.clientWidth === 0) return;
    this.#width = width;
    this.#stage.style.width = `${width}px`;
    this.#placeAxes(this.#shown);
    for (const canvas of [this.#lines, this.#highlight]) {
      fitCanvas(canvas, {
        width: Math.round(width * devicePixelRatio),
        height: Math.round(HEIGHT_PX * devicePixelRatio),
      });
      canvas.style.height = `${HEIGHT_PX}px`;
    }
    this.#draw();
  }

  #xOf(index: number): number {
    const room = this.#width - MARGIN.left - MARGIN.right;
    return MARGIN.left + (this.#order.length < 2 ? 0 : (index / (this.#order.length - 1)) * room);
  }

  #yOf(position: number): number {
    return HEIGHT_PX - MARGIN.bottom - position * (HEIGHT_PX - MARGIN.top - MARGIN.bottom);
  }

  #positionAt(y: number): number {
    return (HEIGHT_PX - MARGIN.bottom - y) / (HEIGHT_PX - MARGIN.top - MARGIN.bottom);
  }

  #placeAxes({ brushes }: Shown): void {
    const focused = document.activeElement?.getAttribute('data-key');
    const keys = this.#order.map(({ key }) => key);
    const gap = this.#xOf(1) - this.#xOf(0);
    const titles = this.#order.map(
      (axis, index) =>
        new AxisTitle(axis, {
          left: this.#xOf(index),
          gap,
          index,
          keys,
          onMove: (order) => this.#actions.reorder(order),
        }).root,
    );
    this.#axes.clear();
    const axes = this.#order.map((axis, index) => {
      const view = new AxisView(axis, {
        x: this.#xOf(index),
        isLast: index === this.#order.length - 1,
        yOf: (position) => this.#yOf(position),
        positionAt: (event) => this.#positionAt(event.clientY - this.#svg.getBoundingClientRect().top),
        onBrush: (range) => this.#actions.brush(axis.key, range),
      });
      view.showBrush(brushes.get(axis.key));
      this.#axes.set(axis.key, view);
      return view.root;
    });
    this.#titles.replaceChildren(...titles);
    const tallest = Math.max(...titles.map(({ offsetHeight }) => offsetHeight));
    this.#stage.style.setProperty('--titles', `${tallest}px`);
    this.#svg.setAttribute('viewBox', `0 0 ${this.#width} ${HEIGHT_PX}`);
    this.#svg.setAttribute('width', String(this.#width));
    this.#svg.setAttribute('height', String(HEIGHT_PX));
    this.#svg.replaceChildren(...axes);
    if (focused !== null && focused !== undefined)
      this.#stage.querySelector<HTMLElement | SVGElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  /** The places of a trial on the axes, left to right; undefined on an axis where it has none. */
  #pathOf({ positions }: Row): readonly (number | undefined)[] {
    return this.#order.map(({ key }) => {
      const position = positions.get(key);
      return position === undefined ? undefined : this.#yOf(position);
    });
  }

  #draw(): void {
    if (this.#shown === undefined) return;
    const { model, chosen } = this.#shown;
    const context = this.#cleared(this.#lines);
    const isLight = isLightPage();
    const faint = themeColour('--vscode-descriptionForeground');
    const failed = themeColour('--vscode-errorForeground');
    const isDense = model.rows.length > 150;
    const rows = model.rows.map((row) => ({ row, isChosen: chosen.has(row.trial.trial) }));
    context.lineJoin = 'round';
    for (const { row } of rows.filter(({ isChosen }) => !isChosen))
      this.#stroke(context, row, { colour: faint, width: 1, opacity: isDense ? 0.06 : 0.14, dash: [] });
    // The best are drawn last, above all others.
    const drawn = rows.filter(({ isChosen }) => isChosen).map(({ row }) => row);
    for (const row of drawn.toSorted((a, b) => (a.goodness ?? -1) - (b.goodness ?? -1))) {
      const isFailed = row.trial.status === 'failed';
      if (row.goodness === undefined)
        this.#stroke(context, row, {
          colour: isFailed ? failed : faint,
          width: 1,
          opacity: isDense ? 0.35 : 0.6,
          dash: isFailed ? [1.5, 3] : [5, 4],
        });
      else
        this.#stroke(context, row, {
          colour: scaleColour(row.goodness, isLight),
          width: isDense ? 1 : 1.6,
          opacity: isDense ? 0.45 + 0.5 * row.goodness : 0.9,
          dash: [],
        });
    }
    this.#drawHighlight();
  }

  #drawHighlight(): void {
    if (this.#shown === undefined) return;
    const { model, pointed } = this.#shown;
    const context = this.#cleared(this.#highlight);
    const row = model.rows.find(({ trial }) => trial.trial === pointed);
    this.root.classList.toggle('points', row !== undefined);
    if (row === undefined) return;
    const look = { width: 3, opacity: 1, dash: row.goodness === undefined ? [6, 4] : [] };
    const colour =
      row.goodness === undefined
        ? themeColour('--vscode-foreground')
        : scaleColour(row.goodness, isLightPage());
    this.#stroke(context, row, {
      ...look,
      width: 7,
      dash: [],
      colour: themeColour('--vscode-editor-background'),
    });
    this.#stroke(context, row, { ...look, colour });
    context.fillStyle = colour;
    this.#pathOf(row).forEach((y, index) => {
      if (y === undefined) return;
      context.beginPath();
      context.arc(this.#xOf(index), y, 4, 0, 2 * Math.PI);
      context.fill();
    });
  }

  #cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = context2d(canvas);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    return context;
  }

  #stroke(
    context: CanvasRenderingContext2D,
    row: Row,
    look: {
      readonly colour: string;
      readonly width: number;
      readonly opacity: number;
      readonly dash: number[];
    },
  ): void {
    context.strokeStyle = look.colour;
    context.lineWidth = look.width;
    context.globalAlpha = look.opacity;
    context.setLineDash(look.dash);
    context.beginPath();
    let isDown = false;
    this.#pathOf(row).forEach((y, index) => {
      if (y !== undefined && isDown) context.lineTo(this.#xOf(index), y);
      else if (y !== undefined) context.moveTo(this.#xOf(index), y);
      isDown = y !== undefined;
    });
    context.stroke();
    context.globalAlpha = 1;
  }

  #point(event: PointerEvent): void {
    if (event.buttons !== 0) return;
    this.#actions.point(this.#rowAt(event), { left: event.clientX, top: event.clientY });
  }

  /** The chosen trial whose line is nearest to the pointer, if one is near. */
  #rowAt(event: MouseEvent): Row | undefined {
    if (this.#shown === undefined || this.#order.length < 2) return undefined;
    const { left, top } = this.#svg.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const gap = this.#xOf(1) - this.#xOf(0);
    const before = Math.min(this.#order.length - 2, Math.max(0, Math.floor((x - MARGIN.left) / gap)));
    const share = Math.min(1, Math.max(0, (x - this.#xOf(before)) / gap));
    const keys = [this.#order[before]?.key ?? OBJECTIVE, this.#order[before + 1]?.key ?? OBJECTIVE] as const;
    let nearest: { readonly row: Row; readonly distance: number } | undefined;
    for (const row of this.#shown.model.rows) {
      const [from, to] = [row.positions.get(keys[0]), row.positions.get(keys[1])];
      if (from === undefined || to === undefined || !this.#shown.chosen.has(row.trial.trial)) continue;
      const slope = (this.#yOf(to) - this.#yOf(from)) / gap;
      const distance = Math.abs(y - (this.#yOf(from) + share * gap * slope)) / Math.hypot(1, slope);
      if (distance < REACH_PX && (nearest === undefined || distance < nearest.distance))
        nearest = { row, distance };
    }
    return nearest?.row;
  }
}
