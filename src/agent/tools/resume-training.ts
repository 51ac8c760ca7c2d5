import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { isLive } from '../../shared/run-format';
import { AgentError } from '../agent-workspace';
import { asJson, defineTool, runInput } from '../tool';

export const resumeTraining = defineTool({
  name: 'resume_training',
  title: 'Resume Training',
  description: 'Resumes a run that was stopped or interrupted, or has failed, from its newest checkpoint.',
  effect: 'trains',
  input: z.strictObject({ run: runInput }),
  confirmation: ({ run }) => localizable('Resume the run {0}?', run),
  async run({ run: named }, { workspace, trainer, signal }) {
    const { run } = await workspace.run(named);
    const path = workspace.shown(run.folder);
    if ('status' in run && (isLive(run.status) || run.status === 'completed'))
      throw new AgentError(
        run.status === 'completed'
          ? localizable('{0} is complete.', path)
          : localizable('{0} is being trained already.', path),
        localizable('Only runs that were stopped or interrupted, or have failed, can be resumed.'),
      );
    await trainer.resume(run.folder, signal);
    return { value: asJson({ run: path }) };
  },
});
