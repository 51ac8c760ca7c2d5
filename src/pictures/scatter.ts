/** Renders real and generated points over the discriminator's output on the plane. */
import type { HostTensor } from '../shared/host-tensor';
import { FONT_FAMILY, rasterPixels } from '../svg/svg';
import { INK } from './axes';
import { Bitmap, type Colour } from './bitmap';

export interface ScatterSamples {
  /** `[count, 2]` each. */
  readonly real: HostTensor;
  readonly fake: HostTensor;
  /** D(x) in [0, 1], `[rows, columns]` over [-extent, extent]², top row first. */
  readonly heat: HostTensor;
  readonly extent: number;
}

/** Side of the plane in pixels, and height of the legend below it. */
const SIZE = 720;
const LEGEND = 51;

interface Dots {
  readonly colour: Colour;
  readonly radius: number;
  readonly opacity: number;
}
const REAL: Dots = { colour: [58, 70, 84], radius: 2.4, opacity: 0.45 };
const FAKE: Dots = { colour: [213, 94, 0], radius: 2.8, opacity: 0.8 };
const OUTPUT_REAL: Colour = [142, 193, 228];
const OUTPUT_GENERATED: Colour = [243, 199, 168];

export async function scatterPng({ real, fake, heat, extent }: ScatterSamples): Promise<Uint8Array> {
  const picture = new Bitmap(SIZE, SIZE + LEGEND);
  picture.fill({ x: 0, y: 0, width: SIZE, height: SIZE }, heatColours(heat));
  drawDots(picture, real, extent, REAL);
  drawDots(picture, fake, extent, FAKE);
  legend ??= rasterPixels(legendSvg(), SIZE);
  const pixels = await legend;
  picture.fill({ x: 0, y: SIZE, width: SIZE, height: LEGEND }, (column, row) => {
    const [red = 255, green = 255, blue = 255] = pixels.subarray((row * SIZE + column) * 3);
    return [red, green, blue];
  });
  return picture.encode();
}

/** Renders generated points only, `[count, 2]`. */
export function pointsPng(points: HostTensor): Uint8Array {
  const extent =
    1.25 * Array.from(points.data).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  const picture = new Bitmap(SIZE, SIZE);
  drawDots(picture, points, extent, FAKE);
  return picture.encode();
}

/** Draws points over [-extent, extent]², y upwards, skipping those outside. */
function drawDots(
  picture: Bitmap,
  { data }: HostTensor,
  extent: number,
  { colour, radius, opacity }: Dots,
): void {
  for (let i = 0; i + 1 < data.length; i += 2) {
    const [x = 0, y = 0] = data.subarray(i, i + 2);
    if (!(Math.abs(x) <= extent && Math.abs(y) <= extent)) continue;
    const place = (value: number): number => ((value / extent + 1) / 2) * SIZE;
    picture.disc(place(x), place(-y), radius, colour, opacity);
  }
}

/** Blue where the discriminator outputs real, orange where it outputs generated, white where it is undecided. */
function heatColours(heat: HostTensor): (column: number, row: number) => Colour {
  const [rows = 1, columns = 1] = heat.shape;
  const at = (row: number, column: number): number => heat.data[row * columns + column] ?? 0.5;
  return (column, row) => {
    // Bilinear interpolation between the centres of four cells.
    const x = clamp(((column + 0.5) / SIZE) * columns - 0.5, columns - 1);
    const y = clamp(((row + 0.5) / SIZE) * rows - 0.5, rows - 1);
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, bottom] = [Math.min(left + 1, columns - 1), Math.min(top + 1, rows - 1)];
    const above = mix(at(top, left), at(top, right), x - left);
    const score = mix(above, mix(at(bottom, left), at(bottom, right), x - left), y - top);
    const towards = score > 0.5 ? OUTPUT_REAL : OUTPUT_GENERATED;
    const strength = Math.min(1, Math.abs(score - 0.5) * 2);
    return [mix(255, towards[0], strength), mix(255, towards[1], strength), mix(255, towards[2], strength)];
  };
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** The legend is the same for every sample, so it is drawn once. */
let legend: Promise<Uint8Array> | undefined;

function legendSvg(): string {
  const [width, height] = [SIZE / 1.5, LEGEND / 1.5];
  const y = 22;
  const rgb = (colour: Colour): string => `rgb(${colour.join(',')})`;
  const text = (x: number, words: string): string =>
    `<text x="${x}" y="${y}" font-size="12" fill="${INK}">${words}</text>`;
  const dot = (x: number, { colour }: Dots): string =>
    `<circle cx="${x}" cy="${y - 4}" r="4" fill="${rgb(colour)}"/>`;
  const box = (x: number, colour: Colour): string =>
    `<rect x="${x}" y="${y - 9}" width="11" height="11" fill="${rgb(colour)}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT_FAMILY}">`,
    dot(14, REAL) + text(24, 'real'),
    dot(66, FAKE) + text(76, 'generated'),
    text(168, 'discriminator output:'),
    box(314, OUTPUT_REAL) + text(330, 'real'),
    box(376, OUTPUT_GENERATED) + text(392, 'generated'),
    '</svg>',
  ].join('');
}
