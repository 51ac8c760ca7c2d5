/** The diagnostics have noticed a trouble that the lesson provokes, or have not noticed one that it avoids. */
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { defineGoal } from './goal';
import { judgeRuns } from './of-runs';

const schema = z.strictObject({
  goal: z.literal('finding'),
  experiment: z.string(),
  /** Name of a rule of the diagnostics. */
  rule: z.string(),
  isFound: z.boolean().default(true),
});

export const finding = defineGoal({
  name: 'finding',
  schema,
  experiments: ({ experiment }) => [experiment],
  title: ({ experiment, rule, isFound }) =>
    isFound
      ? localizable('{0}: the diagnostics report “{1}”', experiment, rule)
      : localizable('{0}: the diagnostics do not report “{1}”', experiment, rule),
  check: ({ experiment, rule, isFound }, runs) =>
    judgeRuns(runs, experiment, ({ findings, status }) => {
      const found = findings.find((one) => one.rule === rule);
      if (found !== undefined)
        return {
          state: isFound ? 'met' : 'unmet',
          found: localizable('Reported at step {0}.', found.step),
        };
      // That nothing was found is known at the end alone.
      return {
        state: !isFound && status === 'completed' ? 'met' : 'unmet',
        found: localizable('Not reported.'),
      };
    }),
});
