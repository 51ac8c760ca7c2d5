/** Names and colours of runs that differ by the seed alone: those of a line that stands for all of them. */
import { type SeedIdentity, seedGroups } from '../../../src/shared/seed-groups';
import { t } from '../../shared/texts';
import { type RunLook, runColour } from '../run-look';
import type { Difference } from './differences';
import { type NamedRun, runLabels } from './run-labels';

export interface ComparedSeeds {
  readonly named: readonly NamedRun[];
  readonly identities: readonly (SeedIdentity | undefined)[];
  readonly differences: readonly Difference[];
  isAveraged(looks: readonly RunLook[]): boolean;
}

/** Adds to the looks which runs are one line, and gives runs the colours of lines if they are drawn as such. */
export function withSeeds(
  looks: readonly RunLook[],
  { named, identities, differences, isAveraged }: ComparedSeeds,
): readonly RunLook[] {
  const groups = seedGroups([...looks.keys()], (run) => identities[run]);
  const names = groupNames(groups, named, differences);
  const groupOf = (run: number): number => groups.findIndex((runs) => runs.includes(run));
  const grouped = looks.map((look, run): RunLook => {
    const group = groupOf(run);
    const runs = groups[group] ?? [];
    return runs.length < 2 ? look : { ...look, seeds: { runs, name: names[group] ?? '' } };
  });
  if (!isAveraged(grouped)) return grouped;
  return grouped.map((look, run) => ({
    ...look,
    name: look.seeds === undefined ? (names[groupOf(run)] ?? look.name) : look.name,
    colour: runColour(groupOf(run)),
  }));
}

/** By what tells the lines apart; groups without the numbers of their runs: `ring, hinge (3 seeds)`. */
function groupNames(
  groups: readonly (readonly number[])[],
  named: readonly NamedRun[],
  differences: readonly Difference[],
): readonly string[] {
  const firsts = groups.map(([first = 0]) => first);
  const representatives = groups.map((runs, group): NamedRun => {
    const [first, ...others] = runs.flatMap((run) => named[run] ?? []);
    const { id, name, experiment } = first ?? { id: '', name: undefined, experiment: '' };
    if (others.length === 0) return { id, experiment, ...(name === undefined ? {} : { name }) };
    const isShared = name !== undefined && others.every((other) => other.name === name);
    return { id: experiment || String(group), experiment, ...(isShared ? { name } : {}) };
  });
  const between = differences
    .map((difference) => ({ ...difference, values: firsts.map((run) => difference.values[run]) }))
    .filter(({ values }) => new Set(values).size > 1);
  const labels = runLabels(representatives, between, (key) => t('no {0}', key));
  return labels.map((label, group) => {
    const count = groups[group]?.length ?? 0;
    return count < 2 ? label : t('{0} ({1} seeds)', label, count);
  });
}
