/** A score has reached a value, at its best or at its last. */
import * as z from 'zod';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import { formatValue } from '../../shared/number-text';
import { defineGoal } from './goal';
import { judgeRuns } from './of-runs';
import { scoreNameSchema, scoreTitle, scoreValue, valueSchema } from './score-value';

const schema = z
  .strictObject({
    goal: z.literal('score'),
    experiment: z.string(),
    score: scoreNameSchema,
    value: valueSchema,
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), {
    message: 'Give atLeast or atMost.',
  });

export const score = defineGoal({
  name: 'score',
  schema,
  experiments: ({ experiment }) => [experiment],
  title: ({ experiment, score: name, value, atLeast, atMost }): LocalizableText => {
    const title = scoreTitle(name);
    if (atLeast !== undefined)
      return value === 'best'
        ? localizable('{0}: {1} of at least {2} at its best', experiment, title, atLeast)
        : localizable('{0}: {1} of at least {2} at the end', experiment, title, atLeast);
    return value === 'best'
      ? localizable('{0}: {1} of at most {2} at its best', experiment, title, atMost ?? 0)
      : localizable('{0}: {1} of at most {2} at the end', experiment, title, atMost ?? 0);
  },
  check: ({ experiment, score: name, value, atLeast, atMost }, runs) =>
    judgeRuns(runs, experiment, (run) => {
      const reached = scoreValue(run, name, value);
      if (reached === undefined) return { state: 'unmet', found: localizable('There is no score yet.') };
      const isMet = reached >= (atLeast ?? -Infinity) && reached <= (atMost ?? Infinity);
      // A last score is the last one only when the run has ended.
      const isFinal = value === 'best' || run.status === 'completed';
      return {
        state: isMet && isFinal ? 'met' : 'unmet',
        found: localizable('{0} is {1}.', scoreTitle(name), formatValue(reached)),
      };
    }),
});
