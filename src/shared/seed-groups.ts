/** Groups runs that differ by the seed alone: one of them proves little, their mean and deviation more. */
import type { RunRecord } from './run-format';

/** What a run is, with its seed apart from everything else. */
export interface SeedIdentity {
  readonly seed: string;
  /** Equal for runs that differ by the seed alone. */
  readonly rest: string;
}

/** What counts of a record: names, dates, machine, threads and versions do not. */
type TrainedRecord = Pick<RunRecord, 'engine' | 'totalSteps' | 'data' | 'parent'>;

/**
 * Everything that decides the training besides the seed is the same in both runs: the config, the engine that `auto`
 * chose, the length, the examples, and the checkpoint that the run began with.
 * @param config the resolved one, by dotted key
 * @returns undefined without a seed: then the config could not be read
 */
export function seedIdentity(
  config: ReadonlyMap<string, string>,
  { engine, totalSteps, data, parent }: TrainedRecord,
): SeedIdentity | undefined {
  const seed = config.get('seed');
  if (seed === undefined) return undefined;
  const settings = [...config].filter(([key]) => key !== 'seed').sort(([a], [b]) => (a < b ? -1 : 1));
  const examples = data && [data.fingerprint, data.examples, data.heldOut, data.inputs];
  // A run that restarted under a changed config takes nothing from its parent.
  const begin =
    parent === undefined || (parent.step === 0 && parent.weights === undefined)
      ? undefined
      : [parent.run, parent.step, parent.weights?.path];
  return { seed, rest: JSON.stringify([settings, engine.name, totalSteps, examples, begin]) };
}

/**
 * Partitions runs into groups of different seeds, in the order of their first runs. Of several runs with the same seed,
 * which are one training twice, only the first joins the group. Most groups have a single run.
 */
export function seedGroups<Run>(
  runs: readonly Run[],
  identityOf: (run: Run) => SeedIdentity | undefined,
): readonly (readonly Run[])[] {
  const groups: Run[][] = [];
  const known = new Map<string, { readonly seeds: Set<string>; readonly group: Run[] }>();
  for (const run of runs) {
    const identity = identityOf(run);
    const same = identity && known.get(identity.rest);
    if (identity !== undefined && same !== undefined && !same.seeds.has(identity.seed)) {
      same.seeds.add(identity.seed);
      same.group.push(run);
      continue;
    }
    const group = [run];
    groups.push(group);
    if (identity !== undefined && same === undefined)
      known.set(identity.rest, { seeds: new Set([identity.seed]), group });
  }
  return groups;
}
