/** The entry of the process that measures training steps, so that neither the editor nor a fault in it is affected. */
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
// One after the other: two at once would each look slow.
port.onMessage((message) => {
  last = last.then(async () => port.send(await answer(message)));
});
// Nobody waits for the answer any more. An orderly exit would wait for the step that the native runtime is in.
port.onClose(() => process.kill(process.pid, 'SIGKILL'));
