/** Sample files of a run, and their thinning with age. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RUN_FILES, stepOfFileName } from '../shared/run-format';
import { readFolder } from '../storage/durable-file';
import { pathInRun } from './path-in-run';

/** A grid is at most a few megabytes, and all of it passes through the memory of its readers. */
export const MAX_SAMPLE_BYTES = 64 * 2 ** 20;

/** Steps of all samples, ascending. The PNG is written last and marks a sample as complete. */
export async function sampleSteps(runFolder: string): Promise<number[]> {
  const names = await readFolder(await pathInRun(runFolder, RUN_FILES.samples));
  return names
    .filter((name) => name.endsWith('.png'))
    .flatMap((name) => stepOfFileName(name) ?? [])
    .sort((a, b) => a - b);
}

/** The step nearest to `wanted` among ascending steps, the later one if tied; the newest if `wanted` is undefined. */
export function nearestStep(steps: readonly number[], wanted: number | undefined): number | undefined {
  if (wanted === undefined) return steps.at(-1);
  const distance = (step: number): number => Math.abs(step - wanted);
  return steps.toSorted((a, b) => distance(a) - distance(b) || b - a)[0];
}

export interface SampleIntervals {
  readonly sampleEvery: number;
  readonly earlySamples: readonly number[];
}

/** Whether a step is one of the early samples that precede the first regular one. */
export function isEarlySample(step: number, { sampleEvery, earlySamples }: SampleIntervals): boolean {
  return step < sampleEvery && earlySamples.includes(step);
}

/** Whether a sample is taken at this step, in the course of a run. */
export function isSampled(step: number, intervals: SampleIntervals): boolean {
  return step % intervals.sampleEvery === 0 || isEarlySample(step, intervals);
}

export interface SampleThinning extends SampleIntervals {
  /** Number of newest samples that are all kept; each doubling of the age halves the density. 0 keeps everything. */
  readonly keepRecentSamples: number;
}

/**
 * Whether the sample of `step` is kept when the newest is at `newestStep`. With k recent samples, those between
 * k·2^(j-1) and k·2^j intervals old are kept if their index is a multiple of 2^j: the kept set only shrinks over time,
 * and n samples are reduced to about k + k/2·log2(n/k). The first sample (step 0) is always kept, as are the early
 * ones, which are few and show how the run started.
 */
export function isSampleKept(step: number, newestStep: number, thinning: SampleThinning): boolean {
  const { sampleEvery, keepRecentSamples } = thinning;
  if (keepRecentSamples === 0 || isEarlySample(step, thinning)) return true;
  const ageInSamples = (newestStep - step) / sampleEvery;
  if (ageInSamples < keepRecentSamples) return true;
  const halvings = Math.floor(Math.log2(ageInSamples / keepRecentSamples)) + 1;
  return step % (sampleEvery * 2 ** halvings) === 0;
}

/** Deletes the samples that `isSampleKept` rejects, with all their files. */
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
