import * as z from 'zod';
import { requestControl } from '../../run-folder/control';
import { localizable } from '../../shared/localizable-text';
import { isLive } from '../../shared/run-format';
import { AgentError } from '../agent-workspace';
import { asJson, defineTool, runInput } from '../tool';

export const stopTraining = defineTool({
  name: 'stop_training',
  title: 'Stop Training',
  description: 'Stops a run after its current step, with a checkpoint from which it can be resumed.',
  effect: 'stops',
  input: z.strictObject({ run: runInput }),
  confirmation: ({ run }) => localizable('Stop the run {0}? It saves a checkpoint.', run),
  async run({ run: named }, { workspace }) {
    const { run } = await workspace.run(named);
    const path = workspace.shown(run.folder);
    if (!('status' in run) || !isLive(run.status))
      throw new AgentError(
        localizable('{0} is not being trained.', path),
        localizable('{0} lists those that are.', 'list_runs { "status": "running" }'),
      );
    await requestControl(run.folder, 'stop');
    return { value: asJson({ run: path, requested: 'stop' }) };
  },
});
