/** Which experiment a run belongs to, as far as its folder tells. */
import { basename, dirname, join } from 'node:path';
import { experimentCandidates } from '../shared/experiment-place';
import type { CataloguedRun } from './run-catalogue';

const EXPERIMENT_EXTENSION = '.gan.json';

/** A damaged run does not say what it is a run of, but its folder is named after it, beside the others. */
export function experimentFileOf({ run }: CataloguedRun, present: ReadonlySet<string>): string {
  if ('record' in run) {
    const candidates = experimentCandidates(run.folder, run.record);
    return candidates.find((file) => present.has(file)) ?? candidates[0];
  }
  const name = basename(run.folder).replace(/^\d+-/, '');
  return join(dirname(dirname(run.folder)), `${name}${EXPERIMENT_EXTENSION}`);
}
