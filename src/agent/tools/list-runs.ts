import * as z from 'zod';
import { lookAt, runFacts } from '../run-facts';
import { asJson, defineTool, pageInput, pageOf } from '../tool';

export const listRuns = defineTool({
  name: 'list_runs',
  title: 'List Runs',
  description:
    'Lists runs, newest first: status, step, best score and findings of each. A run is one training of an experiment.',
  effect: 'reads',
  input: z.strictObject({
    experiment: z.string().optional().describe('Only runs of the experiment with this name.'),
    status: z
      .enum(['running', 'paused', 'completed', 'stopped', 'failed', 'interrupted'])
      .optional()
      .describe('Only runs with this status.'),
    ...pageInput,
  }),
  async run({ experiment, status, ...page }, { workspace }) {
    const runs = (await workspace.runs()).filter(({ run }) => {
      if (!('record' in run)) return experiment === undefined && status === undefined;
      return (
        (experiment === undefined || run.record.experiment === experiment) &&
        (status === undefined || run.status === status)
      );
    });
    const { items, ...rest } = pageOf(runs, page);
    const facts = await Promise.all(
      items.map(async (run) => runFacts(run, await lookAt(run.run.folder), workspace)),
    );
    return { value: asJson({ ...rest, runs: facts }) };
  },
});
