import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { asJson, defineTool } from '../tool';

export const startSweep = defineTool({
  name: 'start_sweep',
  title: 'Start Sweep',
  description:
    'Starts a sweep, which trains many variants of an experiment, and returns its folder at once. Follow it with read_sweep.',
  effect: 'trains',
  input: z.strictObject({
    sweep: z.string().min(1).describe('The sweep file, as list_experiments returns it.'),
  }),
  confirmation: ({ sweep }) => localizable('Train the sweep {0}?', sweep),
  async run({ sweep }, { workspace, trainer, signal }) {
    const folder = await trainer.sweep(await workspace.sweepFile(sweep), signal);
    return { value: asJson({ sweep: workspace.shown(folder) }) };
  },
});
