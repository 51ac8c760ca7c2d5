/** Finds the experiment that a run belongs to, from its folder. */
import { basename, dirname, join } from 'node:path';
import { EXPERIMENT_EXTENSION, experimentCandidates } from '../shared/experiment-place';
import type { CataloguedRun } from './run-catalogue';

/** A damaged run does not name its experiment, but its folder is named after it and is in the same project. */
export function experimentFileOf({ run }: CataloguedRun, present: ReadonlySet<string>): string {
  if ('record' in run) {
    const candidates = experimentCandidates(run.folder, run.record);
    return candidates.find((file) => present.has(file)) ?? candidates[0];
  }
  const name = basename(run.folder).replace(/^\d+-/, '');
  return join(dirname(dirname(run.folder)), `${name}${EXPERIMENT_EXTENSION}`);
}
