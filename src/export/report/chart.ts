/** Charts as SVG whose colours come from the page, so that they suit light, dark and paper. */
import { alike, type Panel, type Range, scaleX, scaleY, ticks } from '../../pictures/axes';
import { runningMean } from '../../pictures/curve';
import { formatCount } from '../../shared/number-text';
import { html, type Markup } from './markup';
import type { Words } from './texts';

export interface Line {
  readonly label: string;
  /** Which of the page's colours for lines. */
  readonly colour: 'discriminator' | 'generator' | 'other' | 'score';
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The range that the values between two points cover. */
  readonly spread?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
  /** Few points, which are marked. */
  readonly isMarked?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly note: readonly string[];
  readonly lines: readonly Line[];
  /** The range of the y axis; by default that of the values, without their rarest extremes. */
  readonly limits?: Range;
}

const SIZE = { width: 480, height: 250 };
const PANEL: Panel = { left: 54, top: 12, width: 414, height: 200 };
/** Shares of the values beyond which a spike does not stretch the axis. */
const [LOWEST, HIGHEST] = [0.005, 0.995];
/** Part of a curve over which its mean is taken. */
const SMOOTHED_SHARE = 40;

export function chartFigure(chart: Chart, words: Words): Markup {
  return html`<figure class="chart">
<figcaption><h3>${chart.title}</h3>${legend(chart.lines)}</figcaption>
${plot(chart, words)}
<p class="note">${chart.note.join(words.language === 'en' ? ' ' : '')}</p>
</figure>`;
}

function legend(lines: readonly Line[]): Markup | undefined {
  if (lines.length < 2) return undefined;
  const entries = lines.map(({ label, colour }) => html`<span class="key ${colour}">${label}</span>`);
  return html`<div class="legend">${entries}</div>`;
}

function plot({ title, lines, limits }: Chart, words: Words): Markup {
  const x = rangeOf(
    lines.flatMap((line) => [line.x[0] ?? 0, line.x[line.x.length - 1] ?? 0]),
    0,
    1,
  );
  const y = limits ?? padded(rangeOf(lines.flatMap(visibleValues), LOWEST, HIGHEST));
  return html`<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${title}">
${gridOf(x, y, words)}${lines.map((line) => drawn(line, x, y))}</svg>`;
}

function visibleValues({ y, spread }: Line): number[] {
  return [...Array.from(y), ...Array.from(spread?.low ?? []), ...Array.from(spread?.high ?? [])];
}

function rangeOf(values: readonly number[], from: number, to: number): Range {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: at(from), high: at(to) };
}

function padded({ low, high }: Range): Range {
  const margin = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return { low: low >= 0 ? Math.max(0, low - margin) : low - margin, high: high + margin };
}

function gridOf(x: Range, y: Range, { t }: Words): Markup[] {
  const right = PANEL.left + PANEL.width;
  const bottom = PANEL.top + PANEL.height;
  const rows = ticks(y, 4);
  const labels = alike(rows);
  return [
    ...rows.map((value, i) => {
      const at = scaleY(PANEL, y, value).toFixed(1);
      return html`<line class="grid" x1="${PANEL.left}" x2="${right}" y1="${at}" y2="${at}"/><text x="${PANEL.left - 6}" y="${at}" dy="4" text-anchor="end">${labels[i]}</text>`;
    }),
    html`<line class="axis" x1="${PANEL.left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>`,
    ...ticks(x, 5).map((value) => {
      const at = scaleX(PANEL, x, value).toFixed(1);
      return html`<line class="axis" x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 4}"/><text x="${at}" y="${bottom + 17}" text-anchor="middle">${formatCount(value)}</text>`;
    }),
    html`<text x="${right}" y="${bottom + 33}" text-anchor="end">${t('step')}</text>`,
  ];
}

function drawn(line: Line, x: Range, y: Range): Markup {
  const points = finitePoints(line);
  const polyline = (kind: string, values: readonly number[]): Markup => {
    const places = points.map(({ at }, i) => place(x, y, at, values[i] ?? 0));
    return html`<polyline class="${kind}" points="${places.join(' ')}"/>`;
  };
  const values = points.map(({ value }) => value);
  if (line.isMarked === true)
    return html`<g class="${line.colour}">${polyline('line', values)}${points.map(({ at, value }) => mark(place(x, y, at, value)))}</g>`;
  const smooth = runningMean(values, Math.max(1, Math.round(values.length / SMOOTHED_SHARE)));
  return html`<g class="${line.colour}">${band(line, x, y)}${polyline('raw', values)}${polyline('line', smooth)}</g>`;
}

function place(x: Range, y: Range, at: number, value: number): string {
  const inside = Math.min(Math.max(value, y.low), y.high);
  return `${scaleX(PANEL, x, at).toFixed(1)},${scaleY(PANEL, y, inside).toFixed(1)}`;
}

function mark(point: string): Markup {
  const [x, y] = point.split(',');
  return html`<circle class="mark" cx="${x}" cy="${y}" r="3"/>`;
}

function band(line: Line, x: Range, y: Range): Markup | undefined {
  const { spread } = line;
  if (spread === undefined) return undefined;
  const points = finitePoints(line);
  const edge = (values: ArrayLike<number>): string[] =>
    points.map(({ at, index }) => place(x, y, at, values[index] ?? 0));
  const outline = [...edge(spread.high), ...edge(spread.low).toReversed()];
  return html`<polygon class="band" points="${outline.join(' ')}"/>`;
}

/** What is recorded only at some steps is joined over the others. */
function finitePoints({
  x,
  y,
}: Line): { readonly at: number; readonly value: number; readonly index: number }[] {
  return Array.from(y, (value, index) => ({ at: x[index] ?? 0, value, index })).filter(({ value }) =>
    Number.isFinite(value),
  );
}
