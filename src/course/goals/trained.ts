/** The experiment has been trained to its end. */
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { defineGoal } from './goal';
import { judgeRuns } from './of-runs';

export const trained = defineGoal({
  name: 'trained',
  schema: z.strictObject({ goal: z.literal('trained'), experiment: z.string() }),
  experiments: ({ experiment }) => [experiment],
  title: ({ experiment }) => localizable('Train {0} to its end', experiment),
  check: ({ experiment }, runs) =>
    judgeRuns(runs, experiment, ({ status, step, totalSteps }) => ({
      state: status === 'completed' ? 'met' : 'unmet',
      found: localizable('{0} has trained {1} of {2} steps.', experiment, step, totalSteps),
    })),
});
