/**
 * The curves of runs that differ by the seed alone as one: their mean, with a band of one standard deviation. Only where
 * all of them have values, so that the mean is always of the same runs.
 */
import {
  type CurveSlice,
  MAX_COMPARED_LINES,
  X_AXES,
  type XAxis,
} from '../../../src/shared/dashboard-protocol';
import { pooledProtocols } from '../../../src/shared/pooled-protocols';
import { spreadOf } from '../../../src/shared/spread';
import type { RunLook } from '../run-look';
import type { RunCurves, ShownScore } from './curve-data';

/** Runs as the charts show them. */
export interface ShownRuns {
  readonly looks: readonly RunLook[];
  readonly curves: readonly RunCurves[];
}

/** Indices of the runs of each line, in the order of their first runs. */
function linesOf(looks: readonly RunLook[]): readonly (readonly number[])[] {
  return looks.flatMap(({ seeds }, run) => {
    if (seeds === undefined) return [[run]];
    return seeds.runs[0] === run ? [seeds.runs] : [];
  });
}

/** Whether any of the runs differ by the seed alone. */
export function haveSeeds(looks: readonly RunLook[]): boolean {
  return looks.some(({ seeds }) => seeds !== undefined);
}

/** By default if that leaves several lines: otherwise the seeds themselves are what is compared. */
export function isAveraged(looks: readonly RunLook[], preference: boolean | undefined): boolean {
  return haveSeeds(looks) && (mustAverage(looks) || (preference ?? linesOf(looks).length > 1));
}

/** Whether there are too many runs for a line each. */
export function mustAverage(looks: readonly RunLook[]): boolean {
  return looks.length > MAX_COMPARED_LINES;
}

export function averagedRuns({ looks, curves }: ShownRuns): ShownRuns {
  const lines = linesOf(looks);
  return {
    looks: lines.flatMap(([run = 0]) => {
      const look = looks[run];
      return look === undefined ? [] : [{ ...look, name: look.seeds?.name ?? look.name }];
    }),
    curves: lines.map((runs) => {
      const own = runs.flatMap((run) => curves[run] ?? []);
      const [only] = own;
      // A band of the smallest and largest values behind a point would be taken for one of deviations.
      if (only !== undefined && own.length === 1) return { ...only, hasBand: false };
      return averaged(own);
    }),
  };
}

function averaged(runs: readonly RunCurves[]): RunCurves {
  const slices = runs.flatMap(({ slice }) => slice ?? []);
  const dataSource = runs.find((run) => run.dataSource !== undefined)?.dataSource;
  return {
    ...averagedSlice(slices.length < runs.length ? [] : slices),
    scores: averagedScores(runs),
    findings: runs.flatMap(({ findings }) => findings),
    ...(dataSource === undefined ? {} : { dataSource }),
    hasBand: true,
  };
}

/** At the positions of the first slice, and there alone where the others have values before and after. */
function averagedSlice(slices: readonly CurveSlice[]): Pick<RunCurves, 'slice'> {
  const [first] = slices;
  if (first === undefined) return {};
  const from = Math.max(...slices.map(({ x }) => x[0] ?? Number.POSITIVE_INFINITY));
  const to = Math.min(...slices.map(({ x }) => x.at(-1) ?? Number.NEGATIVE_INFINITY));
  const rows = Array.from(first.x.keys()).filter((row) => isWithin(first.x[row], from, to));
  const x = Float64Array.from(rows, (row) => first.x[row] ?? Number.NaN);
  const shared = first.curves.filter(({ name }) =>
    slices.every(({ curves }) => curves.some((curve) => curve.name === name)),
  );
  const slice: CurveSlice = {
    ...first,
    x,
    steps: Float64Array.from(rows, (row) => first.steps[row] ?? Number.NaN),
    curves: shared.map(({ name }) => {
      const columns = slices.map((slice) => valuesAt(x, slice, name));
      const spreads = Array.from(x, (_, row) => spreadOfAll(columns.map((column) => column[row])));
      return {
        name,
        mean: Float32Array.from(spreads, ({ mean }) => mean),
        min: Float32Array.from(spreads, ({ mean, deviation }) => mean - deviation),
        max: Float32Array.from(spreads, ({ mean, deviation }) => mean + deviation),
      };
    }),
    recordsPerBucket: Math.max(...slices.map(({ recordsPerBucket }) => recordsPerBucket)),
    recordCount: slices.reduce((sum, { recordCount }) => sum + recordCount, 0),
    extent: [
      Math.min(...slices.map(({ extent }) => extent[0])),
      Math.max(...slices.map(({ extent }) => extent[1])),
    ],
  };
  return { slice };
}

function isWithin(position: number | undefined, from: number, to: number): boolean {
  return position !== undefined && position >= from && position <= to;
}

/** NaN unless all values are there. */
function spreadOfAll(values: readonly (number | undefined)[]): { mean: number; deviation: number } {
  const spread = spreadOf(values);
  if (spread === undefined || spread.count < values.length)
    return { mean: Number.NaN, deviation: Number.NaN };
  return { mean: spread.mean, deviation: spread.deviation ?? 0 };
}

/** The values of a curve at positions within its own, ascending; linear between its points. */
function valuesAt(positions: Float64Array, slice: CurveSlice, name: string): Float64Array {
  const mean = slice.curves.find((curve) => curve.name === name)?.mean ?? new Float32Array();
  let after = 0;
  return positions.map((position) => {
    while (after < slice.x.length - 1 && (slice.x[after] ?? position) < position) after++;
    const [x, value] = [slice.x[after] ?? Number.NaN, mean[after] ?? Number.NaN];
    if (x <= position || after === 0) return value;
    const [xBefore, before] = [slice.x[after - 1] ?? Number.NaN, mean[after - 1] ?? Number.NaN];
    return before + ((value - before) * (position - xBefore)) / (x - xBefore);
  });
}

/** Of the steps at which all runs were scored. */
function averagedScores(runs: readonly RunCurves[]): readonly ShownScore[] {
  const names = new Set(runs.flatMap(({ scores }) => scores.map(({ record }) => record.name)));
  return [...names].flatMap((name) => {
    const ofRuns = runs.map(({ scores }) => scores.filter(({ record }) => record.name === name));
    const pools = pooledProtocols(ofRuns.map((scores) => scores.map(({ record }) => record.protocol)));
    const byPlace = ofRuns.map(
      (scores) =>
        new Map(
          scores.map((score) => {
            const { step, protocol } = score.record;
            return [`${step} ${pools.get(protocol) ?? protocol}`, score] as const;
          }),
        ),
    );
    return [...(byPlace[0]?.entries() ?? [])].flatMap(([place, { record }]) => {
      const same = byPlace.flatMap((places) => places.get(place) ?? []);
      const spread = spreadOf(same.map((score) => score.record.value));
      if (spread === undefined || spread.count < runs.length) return [];
      const { details: _, ...plain } = record;
      return [
        {
          ...meanPlace(same),
          record: {
            ...plain,
            protocol: pools.get(record.protocol) ?? record.protocol,
            value: spread.mean,
          },
          deviation: spread.deviation ?? 0,
        },
      ];
    });
  });
}

function meanPlace(scores: readonly ShownScore[]): Readonly<Record<XAxis, number>> {
  const mean = (axis: XAxis): number => spreadOf(scores.map((score) => score[axis]))?.mean ?? 0;
  const [step, images, seconds] = X_AXES.map(mean);
  return { step: step ?? 0, images: images ?? 0, seconds: seconds ?? 0 };
}
