/** Real and generated points over a heat map of the discriminator's output, on a canvas. */
import type { SampleContent } from '../../src/shared/dashboard-protocol';
import { context2d } from './canvas';
import { DISCRIMINATOR_COLOUR, GENERATOR_COLOUR } from './player-colours';
import { type Rgb, rgbOf, themeColour } from './theme';

export type Points = Extract<SampleContent, { readonly kind: 'points' }>;

/** Maximum opacity of the heat map, where the discriminator is certain. */
const HEAT_OPACITY = 0.55;
const POINT_RADIUS = 1 / 220;

export interface HeatColours {
  readonly real: Rgb;
  readonly fake: Rgb;
}

/** From the generator's colour (generated) through transparent (undecided) to the discriminator's (real). */
export function heatPicture(
  { heat, heatColumns }: Pick<Points, 'heat' | 'heatColumns'>,
  { real, fake }: HeatColours,
): OffscreenCanvas {
  const rows = heat.length / heatColumns;
  const picture = new OffscreenCanvas(heatColumns, rows);
  const context = picture.getContext('2d');
  if (context === null) throw new Error('This browser draws no canvas.');
  const pixels = context.createImageData(heatColumns, rows);
  heat.forEach((score, cell) => {
    const certainty = Math.abs(score - 0.5) * 2;
    const [red, green, blue] = score > 0.5 ? real : fake;
    pixels.data[4 * cell] = red;
    pixels.data[4 * cell + 1] = green;
    pixels.data[4 * cell + 2] = blue;
    pixels.data[4 * cell + 3] = 255 * HEAT_OPACITY * certainty;
  });
  context.putImageData(pixels, 0, 0);
  return picture;
}

/** Draws a square that fills the canvas, whose width and height are equal. */
export function drawPoints(canvas: HTMLCanvasElement, points: Points): void {
  const context = context2d(canvas);
  const size = canvas.width;
  const { extent } = points;
  context.fillStyle = themeColour('--vscode-editor-background');
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = 'high';
  const colours = {
    real: rgbOf(themeColour(DISCRIMINATOR_COLOUR)),
    fake: rgbOf(themeColour(GENERATOR_COLOUR)),
  };
  context.drawImage(heatPicture(points, colours), 0, 0, size, size);
  const place = (value: number): number => ((value / extent + 1) / 2) * size;
  const drawAll = (values: Float32Array, colour: string): void => {
    context.fillStyle = colour;
    context.beginPath();
    for (let index = 0; index + 1 < values.length; index += 2) {
      const x = place(values[index] ?? 0);
      const y = size - place(values[index + 1] ?? 0);
      context.moveTo(x, y);
      context.arc(x, y, Math.max(1.2, size * POINT_RADIUS), 0, 2 * Math.PI);
    }
    context.fill();
  };
  drawAll(points.real, themeColour(DISCRIMINATOR_COLOUR));
  drawAll(points.fake, themeColour(GENERATOR_COLOUR));
}
