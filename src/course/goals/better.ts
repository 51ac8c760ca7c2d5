/** One experiment ends with a better score than another. */
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { formatValue } from '../../shared/number-text';
import { defineGoal, type LessonRun, type LessonRuns } from './goal';
import { isLowerBetter, scoreNameSchema, scoreTitle, scoreValue, valueSchema } from './score-value';

const schema = z.strictObject({
  goal: z.literal('better'),
  experiment: z.string(),
  than: z.string(),
  score: scoreNameSchema,
  value: valueSchema,
});

/** The newest run that has ended. */
function ended(runs: LessonRuns, experiment: string): LessonRun | undefined {
  return runs.get(experiment)?.find(({ status }) => status === 'completed');
}

export const better = defineGoal({
  name: 'better',
  schema,
  experiments: ({ experiment, than }) => [experiment, than],
  title: ({ experiment, than, score }) =>
    localizable('{0} has a better {1} than {2}', experiment, scoreTitle(score), than),
  check({ experiment, than, score, value }, runs) {
    const [first, second] = [ended(runs, experiment), ended(runs, than)];
    if (first === undefined || second === undefined)
      return {
        state: 'waiting',
        found: localizable(
          '{0} has not been trained to its end yet.',
          first === undefined ? experiment : than,
        ),
      };
    const [mine, other] = [scoreValue(first, score, value), scoreValue(second, score, value)];
    if (mine === undefined || other === undefined)
      return { state: 'unmet', found: localizable('There is no score to compare.') };
    return {
      state: (isLowerBetter(score) ? mine < other : mine > other) ? 'met' : 'unmet',
      found: localizable(
        '{0} is {1} in {2} and {3} in {4}.',
        scoreTitle(score),
        formatValue(mine),
        experiment,
        formatValue(other),
        than,
      ),
    };
  },
});
