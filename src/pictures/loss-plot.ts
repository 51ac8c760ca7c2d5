/**
 * A run's curves as a PNG: both losses, and below them the discriminator's mean output on real and generated examples.
 */
import type { StepRecord } from '../shared/run-format';
import { escapeXml, FONT_FAMILY, rasterise } from '../svg/svg';
import type { Panel, Range } from './axes';
import { axes, INK } from './axes';
import { curve } from './curve';

const WIDTH = 860;
const HEIGHT = 560;
const LOSSES: Panel = { left: 60, top: 84, width: 770, height: 240 };
const SCORES: Panel = { left: 60, top: 382, width: 770, height: 120 };

/**
 * Legend metrics: width of a key with its padding, mean glyph width of the font at size 12, spacing between entries.
 */
const KEY_WIDTH = 25;
const GLYPH_WIDTH = 6.3;
const ENTRY_GAP = 18;

interface Series {
  readonly label: string;
  /** From a palette suitable for colour vision deficiency (Okabe & Ito 2008). */
  readonly colour: string;
  value(record: StepRecord): number;
}

const UNIT: Range = { low: 0, high: 1 };

const LOSS_SERIES: readonly Series[] = [
  { label: 'discriminator loss', colour: '#0072b2', value: (record) => record.discriminatorLoss },
  { label: 'generator loss', colour: '#d55e00', value: (record) => record.generatorLoss },
];
const SCORE_SERIES: readonly Series[] = [
  { label: 'D(x), real', colour: '#0072b2', value: (record) => record.realScore },
  { label: 'D(G(z)), generated', colour: '#d55e00', value: (record) => record.fakeScore },
];

/** @param records in order of step; at least one */
export async function lossPlotPng(records: readonly StepRecord[], title: string): Promise<Uint8Array> {
  return rasterise(lossPlotSvg(records, title));
}

export function lossPlotSvg(records: readonly StepRecord[], title: string): string {
  const x: Range = { low: 0, high: Math.max(1, records.at(-1)?.step ?? 1) };
  const points = (series: Series) => records.map((record) => ({ x: record.step, y: series.value(record) }));
  const losses = LOSS_SERIES.flatMap((series) => records.map((record) => series.value(record)));
  const y: Range = { low: Math.min(0, quantile(losses, 0)), high: quantile(losses, 0.995) * 1.08 || 1 };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT_FAMILY}">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${LOSSES.left}" y="36" font-size="17" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>`,
    axes(LOSSES, { title: 'Losses', x, y }),
    ...LOSS_SERIES.map((series) => curve(points(series), { panel: LOSSES, x, y, colour: series.colour })),
    legend(LOSSES, LOSS_SERIES),
    axes(SCORES, {
      title: 'Discriminator output',
      x,
      y: UNIT,
      xLabel: 'step',
    }),
    ...SCORE_SERIES.map((series) =>
      curve(points(series), { panel: SCORES, x, y: UNIT, colour: series.colour }),
    ),
    legend(SCORES, SCORE_SERIES),
    '</svg>',
  ].join('');
}

/** Right-aligned on the line of the panel's title. */
function legend(panel: Panel, series: readonly Series[]): string {
  const widths = series.map(({ label }) => KEY_WIDTH + label.length * GLYPH_WIDTH);
  let left = panel.left + panel.width - widths.reduce((sum, width) => sum + width + ENTRY_GAP, -ENTRY_GAP);
  return series
    .map(({ label, colour }, i) => {
      const key = `<line x1="${left}" x2="${left + 18}" y1="${panel.top - 16}" y2="${panel.top - 16}" stroke="${colour}" stroke-width="3"/>`;
      const text = `<text x="${left + KEY_WIDTH}" y="${panel.top - 12}" font-size="12" fill="${INK}">${escapeXml(label)}</text>`;
      left += (widths[i] ?? 0) + ENTRY_GAP;
      return key + text;
    })
    .join('');
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
