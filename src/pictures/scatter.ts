/** Real and generated points over the discriminator's view of the plane, as one PNG. */
import { encode } from 'fast-png';
import type { HostTensor } from '../shared/host-tensor';
import type { Panel, Range } from './axes';
import { INK, scaleX, scaleY } from './axes';
import { FONT_FAMILY, rasterise } from './svg';

export interface ScatterSamples {
  /** `[count, 2]` each. */
  readonly real: HostTensor;
  readonly fake: HostTensor;
  /** D(x) in [0, 1], `[rows, columns]` over the square of ±`extent`, top row first. */
  readonly heat: HostTensor;
  readonly extent: number;
}

const SIZE = 480;
const PANEL: Panel = { left: 0, top: 0, width: SIZE, height: SIZE };
const REAL = '#3a4654';
const FAKE = '#d55e00';

export async function scatterPng({ real, fake, heat, extent }: ScatterSamples): Promise<Uint8Array> {
  const range: Range = { low: -extent, high: extent };
  const image = `data:image/png;base64,${Buffer.from(heatPng(heat)).toString('base64')}`;
  return rasterise(
    [
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${SIZE}" height="${SIZE + 34}" font-family="${FONT_FAMILY}">`,
      `<rect width="100%" height="100%" fill="#ffffff"/>`,
      `<image x="0" y="0" width="${SIZE}" height="${SIZE}" preserveAspectRatio="none" xlink:href="${image}"/>`,
      dots(real, range, REAL, 1.5, 0.45),
      dots(fake, range, FAKE, 1.8, 0.8),
      legend(),
      '</svg>',
    ].join(''),
  );
}

/** Generated points alone, `[count, 2]`. */
export async function pointsPng(points: HostTensor): Promise<Uint8Array> {
  const extent =
    1.25 * Array.from(points.data).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return rasterise(
    [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}">`,
      `<rect width="100%" height="100%" fill="#ffffff"/>`,
      dots(points, { low: -extent, high: extent }, FAKE, 1.8, 0.8),
      '</svg>',
    ].join(''),
  );
}

function dots(points: HostTensor, range: Range, colour: string, radius: number, opacity: number): string {
  const circles: string[] = [];
  for (let i = 0; i + 1 < points.data.length; i += 2) {
    const x = points.data[i] ?? 0;
    const y = points.data[i + 1] ?? 0;
    if (Math.abs(x) > range.high || Math.abs(y) > range.high) continue;
    circles.push(
      `<circle cx="${scaleX(PANEL, range, x).toFixed(1)}" cy="${scaleY(PANEL, range, y).toFixed(1)}" r="${radius}"/>`,
    );
  }
  return `<g fill="${colour}" fill-opacity="${opacity}">${circles.join('')}</g>`;
}

function legend(): string {
  const y = SIZE + 22;
  const entry = (x: number, colour: string, text: string): string =>
    `<circle cx="${x}" cy="${y - 4}" r="4" fill="${colour}"/><text x="${x + 10}" y="${y}" font-size="12" fill="${INK}">${text}</text>`;
  return [
    entry(14, REAL, 'real'),
    entry(74, FAKE, 'generated'),
    `<rect x="176" y="${y - 9}" width="11" height="11" fill="#8ec1e4"/><text x="193" y="${y}" font-size="12" fill="${INK}">taken for real</text>`,
    `<rect x="296" y="${y - 9}" width="11" height="11" fill="#f3c7a8"/><text x="313" y="${y}" font-size="12" fill="${INK}">taken for generated</text>`,
  ].join('');
}

/** Blue where the discriminator says real, orange where it says generated, white where it cannot tell. */
function heatPng(heat: HostTensor): Uint8Array {
  const [height = 0, width = 0] = heat.shape;
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const score = Math.min(1, Math.max(0, heat.data[i] ?? 0.5));
    const towards = score > 0.5 ? [142, 193, 228] : [243, 199, 168];
    const strength = Math.abs(score - 0.5) * 2;
    for (let c = 0; c < 3; c++) data[i * 3 + c] = Math.round(255 + ((towards[c] ?? 255) - 255) * strength);
  }
  return encode({ width, height, data, channels: 3 });
}
