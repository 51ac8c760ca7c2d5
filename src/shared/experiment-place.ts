/**
 * Where the experiment of a run is. A run records the file's absolute path and its place relative to the runs, so that
 * a project that was copied or moved keeps its runs; older runs have the former only, and are found by the file's name.
 */
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { RunRecord } from './run-format';

/** As `run.json` holds it; undefined where there is no way from one to the other, as between drives of Windows. */
export function experimentPlace(runsFolder: string, experimentFile: string): string | undefined {
  const place = relative(resolve(runsFolder), resolve(experimentFile));
  return isAbsolute(place) ? undefined : place.replaceAll('\\', '/');
}

export type RecordedExperiment = Pick<RunRecord, 'experimentFile' | 'experimentPlace'>;

/** Absolute paths at which the experiment may be, the likeliest first. */
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
