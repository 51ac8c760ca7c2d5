/** Chart axes: round tick values, and SVG for frame, grid lines and labels. */
import { escapeXml } from '../svg/svg';

export interface Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

export const INK = '#24292f';
const FAINT = '#e3e6ea';
const MUTED = '#57606a';

/** About `count` round values in a range, spaced by 1, 2 or 5 times a power of ten. */
export function ticks({ low, high }: Range, count: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Formats values with the same number of decimals. */
export function alike(values: readonly number[]): readonly string[] {
  const texts = values.map(String);
  if (texts.some((text) => text.includes('e'))) return texts;
  const decimals = Math.max(0, ...texts.map((text) => text.split('.')[1]?.length ?? 0));
  return values.map((value) => value.toFixed(decimals));
}

export function scaleX(panel: Panel, range: Range, value: number): number {
  return panel.left + ((value - range.low) / (range.high - range.low || 1)) * panel.width;
}

export function scaleY(panel: Panel, range: Range, value: number): number {
  return panel.top + panel.height - ((value - range.low) / (range.high - range.low || 1)) * panel.height;
}

export interface AxesOptions {
  readonly title: string;
  readonly x: Range;
  readonly y: Range;
  readonly xLabel?: string;
}

export function axes(panel: Panel, { title, x, y, xLabel }: AxesOptions): string {
  const bottom = panel.top + panel.height;
  const parts: string[] = [
    `<text x="${panel.left}" y="${panel.top - 12}" font-size="13" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>`,
  ];
  const yTicks = ticks(y, 4);
  const yLabels = alike(yTicks);
  for (const [i, tick] of yTicks.entries()) {
    const at = scaleY(panel, y, tick).toFixed(1);
    parts.push(
      `<line x1="${panel.left}" x2="${panel.left + panel.width}" y1="${at}" y2="${at}" stroke="${FAINT}"/>`,
      `<text x="${panel.left - 8}" y="${at}" dy="4" font-size="11" text-anchor="end" fill="${MUTED}">${yLabels[i]}</text>`,
    );
  }
  for (const tick of ticks(x, 8)) {
    const at = scaleX(panel, x, tick).toFixed(1);
    parts.push(
      `<line x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 4}" stroke="${MUTED}"/>`,
      `<text x="${at}" y="${bottom + 18}" font-size="11" text-anchor="middle" fill="${MUTED}">${tick.toLocaleString('en-US')}</text>`,
    );
  }
  parts.push(
    `<line x1="${panel.left}" x2="${panel.left + panel.width}" y1="${bottom}" y2="${bottom}" stroke="${MUTED}"/>`,
  );
  if (xLabel !== undefined)
    parts.push(
      `<text x="${panel.left + panel.width / 2}" y="${bottom + 36}" font-size="12" text-anchor="middle" fill="${MUTED}">${escapeXml(xLabel)}</text>`,
    );
  return parts.join('');
}
