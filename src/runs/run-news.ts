/**
 * The kinds of data about a run that its dashboard receives besides the state of the run: an entry for each. Does not
 * depend on VS Code.
 */
import type { CurveView, RunNews } from '../shared/dashboard-protocol';
import type { RunChanges, RunHistory } from './curves/run-history';

/** Limit on the findings shown: a run with more is beyond what a list can convey. */
const MAX_FINDINGS = 500;

/** Steps of one network can be made as fast as a button can be pressed. */
const MAX_INTERVENTIONS = 500;

export interface NewsSource {
  /** Whether to send the data after these changes. A page that has just loaded receives all data. */
  readonly hasChanged: (changes: RunChanges) => boolean;
  /**
   * Undefined if there is nothing to send. `view` is the range of the curves that the page shows, once it has requested
   * one.
   */
  readonly read: (
    history: RunHistory,
    view?: CurveView,
  ) => RunNews | undefined | Promise<RunNews | undefined>;
}

/** In the order in which they are sent. */
export const NEWS_SOURCES: readonly NewsSource[] = [
  { hasChanged: ({ curves }) => curves, read: curveNews },
  {
    hasChanged: ({ findings }) => findings,
    read: (history) => ({
      type: 'findings',
      findings: history.placed(history.shownFindings(MAX_FINDINGS)),
    }),
  },
  {
    hasChanged: ({ scores }) => scores,
    read: (history) => ({ type: 'scores', scores: history.placed(history.scores) }),
  },
  { hasChanged: ({ samples }) => samples, read: ({ samples }) => ({ type: 'samples', steps: samples }) },
  {
    hasChanged: ({ interventions }) => interventions,
    read: (history) => ({
      type: 'interventions',
      interventions: history.placed(history.interventions.slice(-MAX_INTERVENTIONS)),
    }),
  },
  { hasChanged: ({ interventions }) => interventions, read: configNews },
];

export function curveNews(history: RunHistory, view?: CurveView): RunNews | undefined {
  return view === undefined ? undefined : { type: 'curves', slice: history.curves(view) };
}

async function configNews(history: RunHistory): Promise<RunNews | undefined> {
  const { run } = history;
  const isReadable = run !== undefined && 'record' in run;
  return isReadable ? { type: 'config', config: await history.config() } : undefined;
}
