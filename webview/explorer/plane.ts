/**
 * Positions of latents in the plane, for generators of points: the sample, and the interpolation between the two
 * latents.
 */

import { element } from '../shared/dom';
import { drawPoints, type Points } from '../shared/points';
import { t } from '../shared/texts';
import { onThemeChange, themeColour } from '../shared/theme';

const SIZE_PX = 480;
const DOT_RADIUS_PX = 9;
/** Used until the real points are known. */
const FIRST_EXTENT = 3;

const NOTHING: Points = {
  kind: 'points',
  real: new Float32Array(0),
  fake: new Float32Array(0),
  heat: Float32Array.of(0.5),
  heatColumns: 1,
  extent: FIRST_EXTENT,
};

export class Plane {
  readonly root: HTMLElement;
  readonly #canvas = element('canvas', {
    class: 'plane',
    role: 'img',
    'aria-label': t('Generated point'),
  });
  readonly #note = element(
    'p',
    { class: 'note' },
    element('span', { class: 'shades', 'aria-hidden': 'true' }),
    t('Background: real and generated points over the discriminator output, from real to generated'),
  );
  #points = NOTHING;
  #way = new Float32Array(0);
  #point = new Float32Array(0);

  constructor() {
    this.#canvas.width = SIZE_PX;
    this.#canvas.height = SIZE_PX;
    this.root = element('div', {}, this.#canvas, this.#note);
    onThemeChange(() => this.#draw());
    this.#draw();
  }

  setPoints(points: Points): void {
    this.#points = points;
    this.#draw();
  }

  /** @param way `x, y, x, y, …` */
  setWay(way: Float32Array): void {
    this.#way = Float32Array.from(way);
    this.#draw();
  }

  setPoint(point: Float32Array): void {
    this.#point = Float32Array.from(point);
    this.#draw();
  }

  showReason(reason: string): void {
    this.#note.textContent = reason;
  }

  #draw(): void {
    drawPoints(this.#canvas, this.#points);
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    const place = (value: number): number => ((value / this.#points.extent + 1) / 2) * SIZE_PX;
    context.strokeStyle = themeColour('--vscode-foreground');
    context.lineWidth = 2;
    context.beginPath();
    for (let i = 0; i + 1 < this.#way.length; i += 2)
      context.lineTo(place(this.#way[i] ?? 0), SIZE_PX - place(this.#way[i + 1] ?? 0));
    context.stroke();
    const [x, y] = this.#point;
    if (x === undefined || y === undefined) return;
    context.fillStyle = themeColour('--vscode-charts-red');
    context.beginPath();
    context.arc(place(x), SIZE_PX - place(y), DOT_RADIUS_PX, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
