/**
 * Measures of samples that rules use: diversity relative to real examples, movement since the previous samples, and
 * whether they are nearer to the training images than to images that the generator cannot have seen. They are written
 * as a `score` record, so that they can be inspected and a resumed run finds them again.
 */
import { RUN_SCHEMA_VERSION, type ScoreRecord } from '../shared/run-format';
import { medianOf } from './curves';
import type { Features } from './distances';
import { coveredShare, distance, firstRows, meanDistances, nearest } from './distances';

/** Name of the score records that contain them. */
const SCORE = 'sampleDiversity';

export interface SampleMeasures {
  readonly step: number;
  /**
   * Relative to that of real examples. Points: share of the real ones that have a sample nearby. Images: mean distance
   * between two of them.
   */
  readonly diversity: number;
  /** Images only: mean distance to the most similar sample, relative to the same among real images. */
  readonly nearest?: number;
  /**
   * Median over samples of (distance to the nearest training image / to the nearest held-out image), relative to that
   * of held-out images.
   */
  readonly memorisation?: number;
  /** Sums of the samples' values with fixed signs; their change estimates how far the samples moved. */
  readonly projections: readonly number[];
  /** Root of the sum of squared distances of the samples from their mean. */
  readonly spread: number;
}

/**
 * Reference that samples are measured against; everything that depends only on real examples is computed once per run.
 */
export interface Reference {
  readonly diversity: DiversityReference;
  /** Images only, where enough are held out. */
  readonly neighbours?: NeighbourReference;
}

export type DiversityReference = PointDiversity | ImageDiversity;

interface PointDiversity {
  readonly of: 'points';
  readonly real: Features;
  /** Distance within which a sample covers a real point. */
  readonly radius: number;
  /** Share of the points that an equal number of other real points cover. */
  readonly coveredByChance: number;
}

interface ImageDiversity {
  readonly of: 'images';
  /**
   * Number of images behind these means; the same number of samples is compared, since more images have nearer
   * neighbours.
   */
  readonly count: number;
  readonly pairwise: number;
  readonly nearest: number;
}

export interface NeighbourReference {
  readonly training: Features;
  readonly heldOut: Features;
  /** The ratio for held-out images, which no network has seen: about 1 where both parts have the same size. */
  readonly control: number;
}

/** Maximum number of samples compared with each other; for images, also those whose neighbours are searched. */
export const MAX_MEASURED = { points: 1000, images: 64 } as const;
/** Number of real points that determine the scale of distances. */
const POINTS_FOR_SCALE = 256;
const MAX_QUERIES = 32;
/** Maximum number of images searched for neighbours, in each part. */
export const MAX_NEIGHBOURS = 256;
/** Real points within this distance of a sample count as covered, in units of the mean distance between real points. */
const COVERED_RADIUS = 0.1;
const PROJECTIONS = 8;

/** @param control as many real points as `real`, disjoint from them: they show the coverage expected by chance */
export function pointDiversity(real: Features, control: Features): DiversityReference {
  const radius = COVERED_RADIUS * meanDistances(firstRows(real, POINTS_FOR_SCALE)).pairwise;
  return { of: 'points', real, radius, coveredByChance: coveredShare(real, control, radius) };
}

export function imageDiversity(real: Features): DiversityReference {
  return { of: 'images', count: real.count, ...meanDistances(real) };
}

export function measureDiversity(
  fake: Features,
  reference: DiversityReference,
  step: number,
): SampleMeasures {
  const movement = { projections: projectionsOf(fake), spread: spreadOf(fake) };
  if (reference.of === 'points') {
    const { real, radius, coveredByChance } = reference;
    return { step, diversity: coveredShare(real, fake, radius) / coveredByChance, ...movement };
  }
  const { pairwise, nearest: like } = meanDistances(firstRows(fake, reference.count));
  return { step, diversity: pairwise / reference.pairwise, nearest: like / reference.nearest, ...movement };
}

/** Returns undefined if the parts are too small. */
export function neighbourReference(training: Features, heldOut: Features): NeighbourReference | undefined {
  if (training.count < 8 || heldOut.count < 8) return undefined;
  // More images have nearer neighbours: a small training set is compared with an equal number of held-out images.
  const others = firstRows(heldOut, training.count);
  return { training, heldOut: others, control: medianRatio(others, training, others) };
}

/** About 1 for samples equally close to both parts; lower the more they copy training images. */
export function measureMemorisation(
  fake: Features,
  { training, heldOut, control }: NeighbourReference,
): number {
  return medianRatio(fake, training, heldOut) / control;
}

function medianRatio(of: Features, training: Features, heldOut: Features): number {
  const ratios: number[] = [];
  for (let i = 0; i < Math.min(of.count, MAX_QUERIES); i++)
    ratios.push(nearest(of, i, training) / nearest(of, i, heldOut));
  return medianOf(ratios);
}

function spreadOf({ rows, count, size }: Features): number {
  const mean = new Float32Array(size);
  for (let i = 0; i < rows.length; i++) mean[i % size] = (mean[i % size] ?? 0) + (rows[i] ?? 0) / count;
  const centre = { rows: mean, count: 1, size };
  let sum = 0;
  for (let i = 0; i < count; i++) sum += distance({ rows, count, size }, i, centre, 0) ** 2;
  return Math.sqrt(sum);
}

/**
 * Random projections with entries ±1 (Achlioptas 2003, theorem 1.1): their mean squared change is the squared distance
 * that the samples have moved.
 */
function projectionsOf({ rows }: Features): number[] {
  const sums = new Array<number>(PROJECTIONS).fill(0);
  for (let i = 0; i < rows.length; i++) {
    const value = rows[i] ?? 0;
    let bits = Math.imul(i + 1, 0x9e3779b1);
    bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
    bits = (bits ^ (bits >>> 13)) >>> 8;
    for (let k = 0; k < PROJECTIONS; k++) sums[k] = (sums[k] ?? 0) + ((bits >>> k) & 1 ? value : -value);
  }
  return sums;
}

/**
 * Distance that samples of the same latents moved between two measures, relative to their spread, per hundred steps.
 */
export function movementBetween(before: SampleMeasures, after: SampleMeasures): number {
  let squares = 0;
  for (const [k, value] of after.projections.entries())
    squares += (value - (before.projections[k] ?? 0)) ** 2;
  const moved = Math.sqrt(squares / after.projections.length);
  return (moved / after.spread / (after.step - before.step)) * 100;
}

export function scoreRecordOf(
  measures: SampleMeasures,
  { of: diversityOf }: DiversityReference,
): ScoreRecord {
  const { step, diversity, nearest: like, memorisation, projections, spread } = measures;
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    type: 'score',
    step,
    name: SCORE,
    value: diversity,
    protocol:
      diversityOf === 'points'
        ? 'share of real points with a sample nearby'
        : 'mean pixel distance of samples against real images',
    details: {
      ...(like === undefined ? {} : { nearest: like }),
      ...(memorisation === undefined ? {} : { memorisation }),
      projections: JSON.stringify(projections),
      spread,
    },
  };
}

/** Returns undefined for other scores. */
export function measuresOf(record: ScoreRecord): SampleMeasures | undefined {
  const { name, step, value, details = {} } = record;
  const { nearest: like, memorisation, projections, spread } = details;
  if (name !== SCORE || typeof projections !== 'string' || typeof spread !== 'number') return undefined;
  const parsed: unknown = JSON.parse(projections);
  if (!Array.isArray(parsed)) return undefined;
  return {
    step,
    diversity: value,
    ...(typeof like === 'number' ? { nearest: like } : {}),
    ...(typeof memorisation === 'number' ? { memorisation } : {}),
    projections: parsed.map(Number),
    spread,
  };
}
