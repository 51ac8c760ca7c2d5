/** Sample files of a run and how they thin out as they age. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RUN_FILES, stepOfFileName } from '../shared/run-format';
import { readFolder } from '../storage/durable-file';
import { pathInRun } from './path-in-run';

/** Steps at which there are samples, ascending. The picture is written last and makes a sample whole. */
export async function sampleSteps(runFolder: string): Promise<number[]> {
  const names = await readFolder(await pathInRun(runFolder, RUN_FILES.samples));
  return names
    .filter((name) => name.endsWith('.png'))
    .flatMap((name) => stepOfFileName(name) ?? [])
    .sort((a, b) => a - b);
}

/** The one of some ascending steps that is nearest to `wanted`, the later of two; the newest where nothing is wanted. */
export function nearestStep(steps: readonly number[], wanted: number | undefined): number | undefined {
  if (wanted === undefined) return steps.at(-1);
  const distance = (step: number): number => Math.abs(step - wanted);
  return steps.toSorted((a, b) => distance(a) - distance(b) || b - a)[0];
}

export interface SampleIntervals {
  readonly sampleEvery: number;
  readonly earlySamples: readonly number[];
}

/** One of the samples that show the first steps of a run, before the first regular one. */
export function isEarlySample(step: number, { sampleEvery, earlySamples }: SampleIntervals): boolean {
  return step < sampleEvery && earlySamples.includes(step);
}

/** Whether a sample is taken at this step, in the middle of a run. */
export function isSampled(step: number, intervals: SampleIntervals): boolean {
  return step % intervals.sampleEvery === 0 || isEarlySample(step, intervals);
}

export interface SampleThinning extends SampleIntervals {
  /** So many of the newest samples are all kept; each doubling of the age halves the density. 0 keeps everything. */
  readonly keepRecentSamples: number;
}

/**
 * Whether a sample of step `step` is kept when the newest is of step `newestStep`. With k recent ones, samples
 * between k·2^(j-1) and k·2^j intervals old are kept where their index is a multiple of 2^j: what is kept later was
 * kept before, and n samples become about k + k/2·log2(n/k). The first one (step 0) stays, and so do the early ones,
 * which are few and show where the run comes from.
 */
export function isSampleKept(step: number, newestStep: number, thinning: SampleThinning): boolean {
  const { sampleEvery, keepRecentSamples } = thinning;
  if (keepRecentSamples === 0 || isEarlySample(step, thinning)) return true;
  const ageInSamples = (newestStep - step) / sampleEvery;
  if (ageInSamples < keepRecentSamples) return true;
  const halvings = Math.floor(Math.log2(ageInSamples / keepRecentSamples)) + 1;
  return step % (sampleEvery * 2 ** halvings) === 0;
}

/** Deletes the samples that `isSampleKept` gives up, with everything that belongs to them. */
export async function thinSamples(runFolder: string, thinning: SampleThinning): Promise<void> {
  const newest = (await sampleSteps(runFolder)).at(-1);
  if (newest === undefined) return;
  const folder = join(runFolder, RUN_FILES.samples);
  for (const name of await readFolder(folder)) {
    const step = stepOfFileName(name);
    if (step !== undefined && !isSampleKept(step, newest, thinning))
      await rm(join(folder, name), { force: true });
  }
}
