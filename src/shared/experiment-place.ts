/**
 * Locates the experiment of a run. A run records the absolute path and the path relative to the runs folder, so that a
 * project that was copied or moved keeps its runs; older runs have only the former, with a fallback to the file name.
 */
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { RunRecord } from './run-format';

export const EXPERIMENT_EXTENSION = '.gan.json';

/** The relative path stored in `run.json`; undefined if there is none, as between Windows drives. */
export function experimentPlace(runsFolder: string, experimentFile: string): string | undefined {
  const place = relative(resolve(runsFolder), resolve(experimentFile));
  return isAbsolute(place) ? undefined : place.replaceAll('\\', '/');
}

export type RecordedExperiment = Pick<RunRecord, 'experimentFile' | 'experimentPlace'>;

/** Absolute paths where the experiment may be, likeliest first. */
export function experimentCandidates(
  runFolder: string,
  { experimentFile, experimentPlace }: RecordedExperiment,
): readonly [string, ...string[]] {
  const runsFolder = dirname(resolve(runFolder));
  const name = experimentFile.split(/[\\/]/).at(-1) ?? '';
  const besideRuns = join(dirname(runsFolder), name);
  return experimentPlace === undefined
    ? [experimentFile, besideRuns]
    : [resolve(runsFolder, experimentPlace), experimentFile, besideRuns];
}
