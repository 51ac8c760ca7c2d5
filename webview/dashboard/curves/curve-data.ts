/** Curves received for each run, and the part of them that a chart line shows. */
import type { CurveSlice, Placed, XAxis } from '../../../src/shared/dashboard-protocol';
import type { FindingRecord, ScoreRecord } from '../../../src/shared/run-format';
import { formatCount } from '../../shared/format';
import { distinctCaptions, scoreCaption } from '../../shared/score-captions';
import { t } from '../../shared/texts';
import { findingMessage, findingTitle } from '../finding-texts';
import { ofRun, type RunLook } from '../run-look';
import type { LineData } from './data';
import type { LineStyle, ScoreKind } from './definitions';
import type { Mark } from './marks';

/** A score of one run, or the mean of several with its standard deviation. */
export type ShownScore = Placed<ScoreRecord> & { readonly deviation?: number };

export interface RunCurves {
  readonly slice?: CurveSlice;
  readonly scores: readonly ShownScore[];
  readonly findings: readonly Placed<FindingRecord>[];
  /** As named in the run's config. */
  readonly dataSource?: string;
  /** Whether its lines have a band of deviations beside runs without one; by default, bands are of values. */
  readonly hasBand?: boolean;
}

export const NO_CURVES: RunCurves = { scores: [], findings: [] };

/** Returns the source from a resolved config; empty if there is none. */
export function dataSourceOf(config: unknown): Pick<RunCurves, 'dataSource'> {
  if (typeof config !== 'object' || config === null || !('data' in config)) return {};
  const { data } = config;
  if (typeof data !== 'object' || data === null || !('source' in data)) return {};
  return typeof data.source === 'string' ? { dataSource: data.source } : {};
}

export function curveNames(runs: readonly RunCurves[]): string[] {
  return [...new Set(runs.flatMap(({ slice }) => slice?.curves.map(({ name }) => name) ?? []))];
}

/** Returns every combination of name and protocol, in order of arrival. */
export function scoreKinds(runs: readonly RunCurves[]): ScoreKind[] {
  const kinds = new Map<string, ScoreKind>();
  for (const { scores, dataSource } of runs)
    for (const { record } of scores) {
      const { name, protocol } = record;
      kinds.set(JSON.stringify([name, protocol]), {
        name,
        protocol,
        caption: scoreCaption(record, dataSource),
      });
    }
  return distinctCaptions([...kinds.values()], (a, b) => a.name === b.name);
}

/** Returns the step at a position on the x axis; undefined if no run has records. */
export function stepAt(runs: readonly RunCurves[], position: number): number | undefined {
  const slice = runs.find((run) => (run.slice?.x.length ?? 0) > 0)?.slice;
  if (slice === undefined) return undefined;
  if (slice.view.xAxis === 'step') return position;
  const after = slice.x.findIndex((x) => x >= position);
  const end = after < 0 ? slice.x.length - 1 : after;
  const before = Math.max(0, end - 1);
  const isBefore = position - (slice.x[before] ?? 0) < (slice.x[end] ?? 0) - position;
  return slice.steps[isBefore ? before : end];
}

/** Undefined if the run has no such values. */
export function lineData(
  runs: readonly RunCurves[],
  { run, curve }: LineStyle,
  score: ScoreKind | undefined,
  xAxis: XAxis,
): LineData | undefined {
  const curves = runs[run];
  if (score !== undefined) {
    const scores = curves?.scores.filter(
      ({ record }) => record.name === score.name && record.protocol === score.protocol,
    );
    if (scores === undefined || scores.length === 0) return undefined;
    return scoreLine(scores, xAxis);
  }
  const found = curves?.slice?.curves.find(({ name }) => name === curve);
  if (curves?.slice === undefined || found === undefined) return undefined;
  const { x } = curves.slice;
  if (curves.hasBand === false) return { x, mean: found.mean };
  return { x, mean: found.mean, band: { ...found, isSmoothed: curves.hasBand === true } };
}

function scoreLine(scores: readonly ShownScore[], xAxis: XAxis): LineData {
  const line = {
    x: scores.map((placed) => placed[xAxis]),
    mean: scores.map(({ record }) => record.value),
  };
  if (scores.every(({ deviation }) => deviation === undefined)) return line;
  const border = (sign: number): number[] =>
    scores.map(({ record, deviation = 0 }) => record.value + sign * deviation);
  return { ...line, band: { min: border(-1), max: border(1), isSmoothed: true } };
}

/** Marks of all runs, ascending in x. */
export function findingMarks(runs: readonly RunCurves[], looks: readonly RunLook[], xAxis: XAxis): Mark[] {
  return runs
    .flatMap(({ findings }, run) =>
      findings.map((placed): Mark => {
        const { severity, step } = placed.record;
        const text = t(
          'Step {0}: {1}',
          formatCount(step),
          `${findingTitle(placed.record)}. ${findingMessage(placed.record)}`,
        );
        return { x: placed[xAxis], severity, text: ofRun(text, run, looks) };
      }),
    )
    .sort((a, b) => a.x - b.x);
}

/** From the first to the last record of any run; undefined if there are none. */
export function wholeExtent(runs: readonly RunCurves[]): readonly [number, number] | undefined {
  const extents = runs.flatMap(({ slice }) =>
    slice === undefined || slice.recordCount === 0 ? [] : [slice.extent],
  );
  if (extents.length === 0) return undefined;
  return [Math.min(...extents.map(([first]) => first)), Math.max(...extents.map(([, last]) => last))];
}
