/** The curves of a run as one PNG: both losses, and below them what the discriminator thinks of real and generated. */
import type { StepRecord } from '../shared/run-format';
import type { Panel, Range } from './axes';
import { axes, INK, scaleX, scaleY } from './axes';
import { escapeXml, FONT_FAMILY, rasterise } from './svg';

const WIDTH = 860;
const HEIGHT = 560;
const LOSSES: Panel = { left: 60, top: 84, width: 770, height: 240 };
const SCORES: Panel = { left: 60, top: 382, width: 770, height: 120 };

/** Points of a curve as drawn; more would only thicken the line. */
const MOST_POINTS = 1200;

interface Series {
  readonly label: string;
  /** Colours that people with a colour vision deficiency tell apart (Okabe & Ito 2008). */
  readonly colour: string;
  value(record: StepRecord): number;
}

const LOSS_SERIES: readonly Series[] = [
  { label: 'discriminator loss', colour: '#0072b2', value: (record) => record.discriminatorLoss },
  { label: 'generator loss', colour: '#d55e00', value: (record) => record.generatorLoss },
];
const SCORE_SERIES: readonly Series[] = [
  { label: 'D(x), real', colour: '#0072b2', value: (record) => record.realScore },
  { label: 'D(G(z)), generated', colour: '#d55e00', value: (record) => record.fakeScore },
];

/** @param records in the order of their steps; at least one */
export async function lossPlotPng(records: readonly StepRecord[], title: string): Promise<Uint8Array> {
  return rasterise(lossPlotSvg(records, title));
}

export function lossPlotSvg(records: readonly StepRecord[], title: string): string {
  const x: Range = { low: 0, high: Math.max(1, records.at(-1)?.step ?? 1) };
  const losses = LOSS_SERIES.flatMap((series) => records.map((record) => series.value(record)));
  const y: Range = { low: Math.min(0, quantile(losses, 0)), high: quantile(losses, 0.995) * 1.08 || 1 };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT_FAMILY}">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${LOSSES.left}" y="36" font-size="17" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>`,
    axes(LOSSES, { title: 'Losses', x, y }),
    ...LOSS_SERIES.map((series) => curve(LOSSES, x, y, records, series)),
    legend(LOSSES, LOSS_SERIES),
    axes(SCORES, {
      title: 'Probability of being real, by the discriminator',
      x,
      y: { low: 0, high: 1 },
      xLabel: 'step',
    }),
    ...SCORE_SERIES.map((series) => curve(SCORES, x, { low: 0, high: 1 }, records, series)),
    legend(SCORES, SCORE_SERIES),
    '</svg>',
  ].join('');
}

/** The values as they are, faint, and their running mean over them. */
function curve(panel: Panel, x: Range, y: Range, records: readonly StepRecord[], series: Series): string {
  const values = records.map((record) => series.value(record));
  const smooth = runningMean(values, Math.max(1, Math.round(records.length / 60)));
  const stride = Math.max(1, Math.floor(records.length / MOST_POINTS));
  const line = (ordinates: readonly number[]): string =>
    records
      .flatMap((record, i) => {
        const value = ordinates[i];
        if (value === undefined || (i % stride !== 0 && i !== records.length - 1)) return [];
        const clamped = Math.min(Math.max(value, y.low), y.high);
        return [`${scaleX(panel, x, record.step).toFixed(1)},${scaleY(panel, y, clamped).toFixed(1)}`];
      })
      .join(' ');
  const shared = `fill="none" stroke="${series.colour}" stroke-linejoin="round"`;
  return [
    `<polyline points="${line(values)}" ${shared} stroke-width="0.8" stroke-opacity="0.28"/>`,
    `<polyline points="${line(smooth)}" ${shared} stroke-width="1.8"/>`,
  ].join('');
}

/** Right-aligned on the line of the panel's title. */
function legend(panel: Panel, series: readonly Series[]): string {
  let right = panel.left + panel.width;
  return [...series]
    .reverse()
    .map(({ label, colour }) => {
      const text = `<text x="${right}" y="${panel.top - 12}" font-size="12" text-anchor="end" fill="${INK}">${escapeXml(label)}</text>`;
      right -= label.length * 6.4 + 8;
      const key = `<line x1="${right - 18}" x2="${right}" y1="${panel.top - 16}" y2="${panel.top - 16}" stroke="${colour}" stroke-width="3"/>`;
      right -= 36;
      return text + key;
    })
    .join('');
}

/** Mean over a window that is centred and shorter at the ends. */
function runningMean(values: readonly number[], radius: number): number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return values.map((_, i) => {
    const from = Math.max(0, i - radius);
    const to = Math.min(values.length, i + radius + 1);
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
