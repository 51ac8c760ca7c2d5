import * as z from 'zod';
import { asJson, defineTool, pageInput, pageOf } from '../tool';

export const listExperiments = defineTool({
  name: 'list_experiments',
  title: 'List Experiments',
  description:
    'Lists the experiment files (*.gan.json) and sweep files (*.gan-sweep.json) of the workspace. Use it first, to learn what can be trained.',
  effect: 'reads',
  input: z.strictObject(pageInput),
  async run(page, { workspace }) {
    const { experiments, sweeps } = await workspace.find();
    return {
      value: asJson({
        experiments: pageOf(
          experiments.map((file) => workspace.shown(file)),
          page,
        ),
        sweeps: sweeps.map((file) => workspace.shown(file)),
      }),
    };
  },
});
