/** The rows of the table before any order: a run each, or runs that differ by the seed alone. */
import { pooledProtocols } from '../../src/shared/pooled-protocols';
import type { RunRow } from '../../src/shared/runs-table-protocol';
import { seedGroups } from '../../src/shared/seed-groups';

export interface Entry {
  /** At least one. */
  readonly runs: readonly RunRow[];
  readonly first: RunRow;
  /** Whether the entry stands for several runs. */
  readonly isJoined: boolean;
}

export function entryOf(run: RunRow): Entry {
  return { runs: [run], first: run, isJoined: false };
}

/** With scores that can be averaged: each score has the same protocols in all runs. */
function pooled(runs: readonly RunRow[]): readonly RunRow[] {
  const names = new Set(runs.flatMap(({ scores }) => scores.map(({ name }) => name)));
  const protocols = new Map(
    [...names].map((name) => {
      const ofRuns = runs.map(({ scores }) => scores.filter((score) => score.name === name));
      return [name, pooledProtocols(ofRuns.map((scores) => scores.map(({ protocol }) => protocol)))];
    }),
  );
  return runs.map((run) => ({
    ...run,
    scores: run.scores.map((score) => ({
      ...score,
      protocol: protocols.get(score.name)?.get(score.protocol) ?? score.protocol,
    })),
  }));
}

/** In the order of the first run of each. */
export function entriesOf(rows: readonly RunRow[], joinsSeeds: boolean): readonly Entry[] {
  if (!joinsSeeds) return rows.map(entryOf);
  return seedGroups(rows, ({ identity }) => identity).flatMap((runs): Entry[] => {
    const [first] = runs;
    if (first === undefined) return [];
    return [runs.length === 1 ? entryOf(first) : { runs: pooled(runs), first, isJoined: true }];
  });
}

/** What is left of an entry of the runs in these folders: nothing, or an entry. */
export function within({ runs }: Entry, folders: ReadonlySet<string>): readonly Entry[] {
  const left = runs.filter(({ folder }) => folders.has(folder));
  const [first] = left;
  return first === undefined ? [] : [{ runs: left, first, isJoined: left.length > 1 }];
}

/** Each distinct text of the runs, in order of appearance. */
export function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** The numbers of the runs: `00001, 00002`; whole names of folders where they have none. */
export function runNumbers({ runs }: Entry): string {
  return runs
    .map(({ folder }) => folder.split(/[\\/]/).at(-1) ?? folder)
    .map((id) => /^\d+/.exec(id)?.[0] ?? id)
    .sort()
    .join(', ');
}

/** The names of the runs of a group if they agree, or else of their experiments. */
export function groupName({ runs }: Entry): string {
  const names = distinct(runs.map(({ name }) => name));
  return (names.length === 1 ? names : distinct(runs.map(({ experiment }) => experiment))).join(', ');
}
