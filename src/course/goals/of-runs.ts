/** Judges a goal by all runs of an experiment: it is met once one of them has met it. */
import { localizable } from '../../shared/localizable-text';
import { isLive } from '../../shared/run-format';
import type { GoalResult, LessonRun, LessonRuns } from './goal';

function resultOf(run: LessonRun, check: (run: LessonRun) => GoalResult): GoalResult {
  const result = check(run);
  return result.state === 'unmet' && isLive(run.status) ? { ...result, state: 'waiting' } : result;
}

/** The result of the first run that meets the goal, else that of the newest. */
export function judgeRuns(
  runs: LessonRuns,
  experiment: string,
  check: (run: LessonRun) => GoalResult,
): GoalResult {
  const results = (runs.get(experiment) ?? []).map((run) => resultOf(run, check));
  return (
    results.find(({ state }) => state === 'met') ??
    results[0] ?? { state: 'waiting', found: localizable('{0} has not been trained yet.', experiment) }
  );
}
