/** Entry point of the process that measures training steps, isolated from the editor. */
import { parseExperiment } from '../config/load';
import { declaredShape } from '../session/dataset';
import { measureStepSeconds } from '../session/step-time';
import { describeError } from '../shared/errors';
import type { FromStepTime, ToStepTime } from '../shared/step-time-protocol';
import { openParentPort } from './parent-port';

const port = openParentPort<FromStepTime, ToStepTime>('to time training steps, run `gan bench`.');

async function answer({ experiment, classes, threads }: ToStepTime): Promise<FromStepTime> {
  try {
    const overrides = threads === undefined ? [] : [`engine.threads=${threads}`];
    const config = parseExperiment(experiment, 'experiment', overrides);
    const shape = declaredShape(config);
    const secondsPerStep = await measureStepSeconds(config, {
      ...shape,
      ...(classes === undefined ? {} : { classes }),
    });
    return { type: 'measured', secondsPerStep };
  } catch (error) {
    return { type: 'failed', message: describeError(error) };
  }
}

let last: Promise<void> = Promise.resolve();
// Sequential: concurrent measurements would slow each other down.
port.onMessage((message) => {
  last = last.then(async () => port.send(await answer(message)));
});
// The result is no longer needed. An orderly exit would wait for the native runtime to finish its step.
port.onClose(() => process.kill(process.pid, 'SIGKILL'));
