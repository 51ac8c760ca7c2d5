import { join } from 'node:path';
import * as z from 'zod';
import { readBounded } from '../../run-folder/bounded-file';
import { pathInRun } from '../../run-folder/path-in-run';
import { MAX_SAMPLE_BYTES, nearestStep, sampleSteps } from '../../run-folder/sample-files';
import { localizable } from '../../shared/localizable-text';
import { RUN_FILES, stepFileName } from '../../shared/run-format';
import { AgentError } from '../agent-workspace';
import { asJson, defineTool, runInput } from '../tool';

export const viewSamples = defineTool({
  name: 'view_samples',
  title: 'View Samples',
  description:
    'Returns the sample grid of a run as a picture: what the generator makes of the same latents at a step. Look at it before you judge a run.',
  effect: 'reads',
  input: z.strictObject({
    run: runInput,
    step: z.int().min(0).optional().describe('The nearest sample is taken. Default: the newest.'),
  }),
  async run({ run: named, step: wanted }, { workspace }) {
    const { folder } = (await workspace.run(named)).run;
    const steps = await sampleSteps(folder);
    const step = nearestStep(steps, wanted);
    if (step === undefined)
      throw new AgentError(
        localizable('{0} has no samples yet.', workspace.shown(folder)),
        localizable('Wait for its first sample.'),
      );
    const name = join(RUN_FILES.samples, stepFileName(step, 'png'));
    const png = await readBounded(await pathInRun(folder, name), MAX_SAMPLE_BYTES);
    return {
      value: asJson({ run: workspace.shown(folder), step, steps: steps.slice(-50) }),
      picture: { png, caption: `Samples of ${workspace.shown(folder)} at step ${step}` },
    };
  },
});
