/** Proposals of the search method of a sweep: the same for the same trial, seed and results of earlier trials. */
import { bindPart } from '../config/bind';
import { Random } from '../random/random';
import { RUN_SCHEMA_VERSION } from '../shared/run-format';
import { valueAtCoordinate } from './parameter';
import { searchMethods } from './search/registry';
import type { PastTrial } from './search/search';
import type { SweepPlan, Trial } from './sweep-format';

/** Whether a trial depends on the results of those before it. */
export function learnsFromTrials({ sweep }: SweepPlan): boolean {
  return bindPart(searchMethods, sweep.search, 'name').part.learns;
}

/** @param trial from 1 */
export function proposedTrial({ sweep }: SweepPlan, trial: number, past: readonly PastTrial[]): Trial {
  const { parameters, search, seed } = sweep;
  const { part, options } = bindPart(searchMethods, search, 'name');
  const random = Random.seeded(seed, `trial ${trial}`);
  const point = part.propose(
    { parameters: Object.values(parameters), index: trial - 1, random, past },
    options,
  );
  const values = Object.fromEntries(
    Object.entries(parameters).map(([key, parameter], dimension) => [
      key,
      valueAtCoordinate(parameter, point[dimension] ?? 0),
    ]),
  );
  return { schemaVersion: RUN_SCHEMA_VERSION, trial, point, values };
}
