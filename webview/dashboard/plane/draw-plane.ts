/** Draws a sample of points and what both networks make of the plane, layer by layer, on a square canvas. */
import type { PointManifold, PointSample } from '../../../src/shared/point-sample';
import { context2d } from '../../shared/canvas';
import { DISCRIMINATOR_COLOUR, GENERATOR_COLOUR } from '../../shared/player-colours';
import { type HeatColours, heatPicture } from '../../shared/points';
import { rgbOf, themeColour, translucent } from '../../shared/theme';
import { contour, type Density, densityOf } from './density';
import type { PlaneLayer } from './layers';

/** Of the width of the plane. */
const POINT_RADIUS = 1 / 240;
const LONGEST_ARROW = 1 / 10;
const ARROW_HEAD = 1 / 110;
/** Points that have an arrow: more would hide everything else. */
const MAX_ARROWS = 150;
/** Shares of the maximum of the real density. */
const CONTOURS = [0.1, 0.3, 0.6];
/** Opacities of cells of the manifold are rounded to this many steps. */
const SHADES = 12;
const MAX_SHADE = 0.7;
/** A cell as dense as if all were spread evenly over this share of the plane has half of the opacity. */
const HALF_DENSE_SHARE = 0.3;

/** Theme colours, read once rather than in every frame. */
export interface PlaneColours {
  readonly background: string;
  readonly foreground: string;
  readonly real: string;
  readonly fake: string;
  readonly heat: HeatColours;
}

export function planeColours(): PlaneColours {
  const [real, fake] = [themeColour(DISCRIMINATOR_COLOUR), themeColour(GENERATOR_COLOUR)];
  return {
    background: themeColour('--vscode-editor-background'),
    foreground: themeColour('--vscode-foreground'),
    real,
    fake,
    heat: { real: rgbOf(real), fake: rgbOf(fake) },
  };
}

/** The density of the real points, which are the same in all samples of a run. */
export class RealDensity {
  #points: Float32Array | undefined;
  #density: Density | undefined;

  of({ real, extent }: PointSample): Density {
    const isKnown = this.#points?.length === real.length && this.#points[0] === real[0];
    if (this.#density === undefined || !isKnown) this.#density = densityOf(real, extent);
    this.#points = real;
    return this.#density;
  }
}

interface Plane {
  readonly context: CanvasRenderingContext2D;
  readonly size: number;
  readonly colours: PlaneColours;
  /** Pixels of coordinates. */
  x(value: number): number;
  y(value: number): number;
}

/** Fills the canvas, whose width and height are equal. */
export function drawPlane(
  canvas: HTMLCanvasElement,
  sample: PointSample,
  layers: ReadonlySet<PlaneLayer>,
  { colours, realDensity }: { readonly colours: PlaneColours; readonly realDensity: RealDensity },
): void {
  const context = context2d(canvas);
  const size = canvas.width;
  const { extent, real, fake, descent, manifold } = sample;
  const plane: Plane = {
    context,
    size,
    colours,
    x: (value) => ((value / extent + 1) / 2) * size,
    y: (value) => ((1 - value / extent) / 2) * size,
  };
  context.fillStyle = colours.background;
  context.fillRect(0, 0, size, size);
  if (layers.has('discriminator')) {
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.drawImage(heatPicture(sample, colours.heat), 0, 0, size, size);
  }
  if (layers.has('manifold') && manifold !== undefined) drawManifold(plane, manifold, extent);
  if (layers.has('realDensity') || layers.has('fakeDensity')) {
    const density = realDensity.of(sample);
    const levels = levelsOf(density);
    if (layers.has('realDensity')) drawContours(plane, density, levels, colours.real);
    if (layers.has('fakeDensity')) drawContours(plane, densityOf(fake, extent), levels, colours.fake);
  }
  if (layers.has('realPoints')) drawAll(plane, real, colours.real);
  if (layers.has('fakePoints')) drawAll(plane, fake, colours.fake);
  if (layers.has('gradients') && descent !== undefined) drawArrows(plane, fake, descent);
}

function drawAll({ context, size, x, y }: Plane, points: Float32Array, colour: string): void {
  const radius = Math.max(1.1, size * POINT_RADIUS);
  context.fillStyle = colour;
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [left, top] = [x(points[i] ?? 0), y(points[i + 1] ?? 0)];
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 2 * Math.PI);
  }
  context.fill();
}

function levelsOf({ values }: Density): readonly number[] {
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  return CONTOURS.map((share) => share * highest);
}

function drawContours(
  { context, size }: Plane,
  density: Density,
  levels: readonly number[],
  colour: string,
): void {
  context.lineWidth = Math.max(1, size / 450);
  context.lineCap = 'round';
  levels.forEach((level, i) => {
    context.strokeStyle = translucent(colour, (i + 2) / (levels.length + 1));
    context.beginPath();
    contour(density, level, (x0, y0, x1, y1) => {
      context.moveTo(x0 * size, y0 * size);
      context.lineTo(x1 * size, y1 * size);
    });
    context.stroke();
  });
}

function drawArrows(
  { context, size, colours, x, y }: Plane,
  points: Float32Array,
  descent: Float32Array,
): void {
  const longest = LONGEST_ARROW * size;
  context.strokeStyle = translucent(colours.foreground, 0.7);
  context.lineWidth = Math.max(1, size / 520);
  context.lineCap = 'round';
  context.beginPath();
  for (let i = 0; i < Math.min(MAX_ARROWS, points.length / 2); i++) {
    const [dx, dy] = [descent[2 * i] ?? 0, -(descent[2 * i + 1] ?? 0)];
    const norm = Math.hypot(dx, dy);
    const length = (longest * norm) / (1 + norm);
    if (!(length > 1)) continue;
    const [x0, y0] = [x(points[2 * i] ?? 0), y(points[2 * i + 1] ?? 0)];
    const [ux, uy] = [dx / norm, dy / norm];
    const [x1, y1] = [x0 + ux * length, y0 + uy * length];
    const head = Math.min(ARROW_HEAD * size, length / 2);
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.moveTo(x1 - head * (ux - 0.6 * uy), y1 - head * (uy + 0.6 * ux));
    context.lineTo(x1, y1);
    context.lineTo(x1 - head * (ux + 0.6 * uy), y1 - head * (uy - 0.6 * ux));
  }
  context.stroke();
}

function drawManifold(plane: Plane, { vertices, columns }: PointManifold, extent: number): void {
  const rows = vertices.length / 2 / columns;
  const { context, size, colours, x, y } = plane;
  const moveTo = (at: number): void => context.moveTo(x(vertices[2 * at] ?? 0), y(vertices[2 * at + 1] ?? 0));
  const lineTo = (at: number): void => context.lineTo(x(vertices[2 * at] ?? 0), y(vertices[2 * at + 1] ?? 0));
  const spread = (4 * extent * extent * HALF_DENSE_SHARE) / ((rows - 1) * (columns - 1));
  const shades = Array.from({ length: SHADES }, (): number[] => []);
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const area = quadArea(vertices, [at, at + 1, at + columns + 1, at + columns]);
      shades[Math.min(SHADES - 1, Math.floor((SHADES * spread) / (spread + area)))]?.push(at);
    }
  shades.forEach((cells, shade) => {
    context.fillStyle = translucent(colours.fake, (MAX_SHADE * (shade + 0.5)) / SHADES);
    context.beginPath();
    for (const at of cells) {
      moveTo(at);
      for (const next of [at + 1, at + columns + 1, at + columns]) lineTo(next);
      context.closePath();
    }
    context.fill('nonzero');
  });
  context.strokeStyle = translucent(colours.fake, 0.4);
  context.lineWidth = Math.max(0.75, size / 900);
  context.beginPath();
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      if (column > 0) {
        moveTo(at - 1);
        lineTo(at);
      }
      if (row > 0) {
        moveTo(at - columns);
        lineTo(at);
      }
    }
  context.stroke();
}

/** Area of a quadrangle of vertices; a folded one counts the parts apart. */
function quadArea(vertices: Float32Array, [a, b, c, d]: readonly [number, number, number, number]): number {
  return triangleArea(vertices, a, b, c) + triangleArea(vertices, a, c, d);
}

function triangleArea(vertices: Float32Array, a: number, b: number, c: number): number {
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = [a, b, c].flatMap((at) => [
    vertices[2 * at] ?? 0,
    vertices[2 * at + 1] ?? 0,
  ]);
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
}
