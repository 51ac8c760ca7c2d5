/** Ranks runs for comparison with a run: runs of the same experiment first, then runs on the same data. */
import { isDeepStrictEqual } from 'node:util';
import type { RunRecord } from '../shared/run-format';
import type { CataloguedRun } from './run-catalogue';

function recordOf({ run }: CataloguedRun): RunRecord | undefined {
  return 'record' in run ? run.record : undefined;
}

/** 0 for a chosen run, and larger the less a run has in common with the first chosen one. */
function distance(run: CataloguedRun, chosen: readonly CataloguedRun[]): number {
  if (chosen.includes(run)) return 0;
  const [record, other] = [recordOf(run), chosen[0] && recordOf(chosen[0])];
  if (record === undefined || other === undefined) return 3;
  if (record.experimentFile === other.experimentFile) return 1;
  return record.data !== undefined && isDeepStrictEqual(record.data, other.data) ? 2 : 3;
}

/** @param chosen folders of the runs to list first */
export function likestFirst(
  runs: readonly CataloguedRun[],
  chosen: readonly string[],
): readonly CataloguedRun[] {
  if (chosen.length === 0) return runs;
  const picked = runs.filter(({ run }) => chosen.includes(run.folder));
  return runs.toSorted((a, b) => distance(a, picked) - distance(b, picked));
}
