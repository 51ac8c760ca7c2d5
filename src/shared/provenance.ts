/**
 * What made a run, besides its configuration: code, versions, engine and machine. The dashboard, comparisons, reports and
 * model cards show the same rows.
 */
import { type LocalizableText, localizable, verbatim } from './localizable-text';
import type { GitState, RunRecord } from './run-format';

export interface ProvenanceRow {
  readonly title: LocalizableText;
  readonly value: LocalizableText;
}

type Recorded = Pick<RunRecord, 'git' | 'versions' | 'engine' | 'host'>;

export function provenanceRows({ git, versions, engine, host }: Recorded): readonly ProvenanceRow[] {
  const { version, threads, adapter } = engine;
  return [
    ...(git === undefined ? [] : [{ title: localizable('Git commit'), value: gitText(git) }]),
    ...(git?.resumed ?? []).map(({ step, ...state }) => ({
      title: localizable('Git commit from step {0}', step),
      value: gitText(state),
    })),
    { title: verbatim('GAN Workbench'), value: verbatim(versions.workbench) },
    { title: verbatim('Node.js'), value: verbatim(versions.node) },
    { title: localizable('Engine'), value: engineText(version, threads) },
    ...(adapter === undefined ? [] : [{ title: localizable('Device'), value: verbatim(adapter) }]),
    {
      title: localizable('Computer'),
      value: verbatim(host.name, ', ', host.platform, ', ', host.cpu),
    },
  ];
}

/** @param name of the engine or of its version */
export function engineText(name: string, threads: number): LocalizableText {
  return threads === 1 ? localizable('{0}, 1 thread', name) : localizable('{0}, {1} threads', name, threads);
}

/** As many digits as git shows in a large repository. */
const SHOWN_DIGITS = 12;

export function gitText({ commit, branch, changes }: GitState): LocalizableText {
  if (commit === undefined) return localizable('unknown, because git did not answer in time');
  const short = commit.slice(0, SHOWN_DIGITS);
  const place = branch === undefined ? verbatim(short) : localizable('{0} on branch {1}', short, branch);
  if (changes === 'none') return place;
  return changes === 'uncommitted'
    ? localizable('{0}, with uncommitted changes', place)
    : localizable('{0}, uncommitted changes unknown', place);
}
