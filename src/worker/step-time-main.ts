/** Entry point of the process that measures training steps, isolated from the editor and from training. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseExperiment } from '../config/load';
import { withPreferredEngine } from '../config/preferred-engine';
import { declaredShape } from '../session/dataset';
import { compareNetworks } from '../session/engine-choice/compare-networks';
import { measureStepSeconds } from '../session/step-time';
import { describeError } from '../shared/errors';
import type { FromStepTime, TimedExperiment, TimingStart, ToStepTime } from '../shared/step-time-protocol';
import { openParentPort } from './parent-port';

const port = openParentPort<FromStepTime, ToStepTime>('to time training steps, run `gan bench`.');

async function time({ experiment, classes, threads, engine }: TimedExperiment): Promise<FromStepTime> {
  const overrides = threads === undefined ? [] : [`engine.threads=${threads}`];
  const config = withPreferredEngine(parseExperiment(experiment, 'experiment', overrides), engine);
  const shape = declaredShape(config);
  const secondsPerStep = await measureStepSeconds(config, {
    ...shape,
    ...(classes === undefined ? {} : { classes }),
  });
  return { type: 'measured', secondsPerStep };
}

/** A step of the native runtime blocks this thread, which must not delay the message. */
async function tellTiming(start: TimingStart): Promise<void> {
  port.send({ type: 'timing', ...start });
  await nextTurn();
}

async function answer(message: ToStepTime): Promise<FromStepTime> {
  try {
    if (message.type === 'time') return await time(message);
    return { type: 'compared', comparison: await compareNetworks(message, tellTiming) };
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
