/**
 * A run's curves as a PNG: both losses, and below them the discriminator's mean output on real and generated examples.
 */
import type { StepRecord } from '../shared/run-format';
import { escapeXml, FONT_FAMILY, rasterise } from '../svg/svg';
import type { Panel, Range } from './axes';
import { axes, INK } from './axes';
import { curve } from './curve';
import { type Point, ReducedCurve } from './reduced-curve';

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

interface Line extends Series {
  readonly reduced: ReducedCurve;
}

function linesOf(all: readonly Series[]): readonly Line[] {
  return all.map((series) => ({ ...series, reduced: new ReducedCurve() }));
}

/** The curves of a run, reduced while its records are read. */
export class LossCurves {
  readonly losses = linesOf(LOSS_SERIES);
  readonly scores = linesOf(SCORE_SERIES);
  readonly #lines = [...this.losses, ...this.scores];
  #lastStep = 0;

  /** Records must be added in order of step. */
  add(record: StepRecord): void {
    for (const { reduced, value } of this.#lines) reduced.add({ x: record.step, y: value(record) });
    this.#lastStep = record.step;
  }

  /** 0 while there are no records. */
  get lastStep(): number {
    return this.#lastStep;
  }
}

export async function lossPlotPng(curves: LossCurves, title: string): Promise<Uint8Array> {
  return rasterise(lossPlotSvg(curves, title));
}

export function lossPlotSvg(curves: LossCurves, title: string): string {
  const { losses, scores, lastStep } = curves;
  const x: Range = { low: 0, high: Math.max(1, lastStep) };
  const lowest = quantile(
    losses.flatMap(({ reduced }) => reduced.extremes),
    0,
  );
  const high = quantile(
    losses.flatMap(({ reduced }) => reduced.evenly),
    0.995,
  );
  const y: Range = { low: Math.min(0, lowest), high: high * 1.08 || 1 };
  const drawn = (lines: readonly Line[], panel: Panel, y: Range): readonly string[] =>
    lines.map(({ reduced, colour }) => curve(reduced, { panel, x, y, colour }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT_FAMILY}">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${LOSSES.left}" y="36" font-size="17" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>`,
    axes(LOSSES, { title: 'Losses', x, y }),
    ...drawn(losses, LOSSES, y),
    legend(LOSSES, losses),
    axes(SCORES, {
      title: 'Discriminator output',
      x,
      y: UNIT,
      xLabel: 'step',
    }),
    ...drawn(scores, SCORES, UNIT),
    legend(SCORES, scores),
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

function quantile(points: readonly Point[], share: number): number {
  const sorted = points
    .map((point) => point.y)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
