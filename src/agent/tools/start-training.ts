import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { asJson, defineTool } from '../tool';

export const startTraining = defineTool({
  name: 'start_training',
  title: 'Start Training',
  description:
    'Trains an experiment as a new run, and returns its path at once. Training takes minutes: follow it with wait_for_run.',
  effect: 'trains',
  input: z.strictObject({
    experiment: z.string().min(1).describe('The experiment, as list_experiments returns it.'),
  }),
  confirmation: ({ experiment }) => localizable('Train {0}?', experiment),
  async run({ experiment }, { workspace, trainer, signal }) {
    const folder = await trainer.start(await workspace.experiment(experiment), signal);
    return { value: asJson({ run: workspace.shown(folder) }) };
  },
});
