/** Times training steps in a child process, which is ended on completion or abort. */
import type { Uri } from 'vscode';
import type { FromStepTime, TimedExperiment, ToStepTime } from '../shared/step-time-protocol';
import { MessageProcess } from './message-process';

/** Seconds per step of each experiment, in order. Throws the error of the process, and `signal.reason` when aborted. */
export async function timeSteps(
  extensionUri: Uri,
  experiments: readonly TimedExperiment[],
  { signal, onOutput }: { readonly signal: AbortSignal; readonly onOutput: (text: string) => void },
): Promise<readonly number[]> {
  signal.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const times: number[] = [];
    const end = (finish: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      child.close();
      finish();
    };
    const onAbort = (): void => end(() => reject(signal.reason));
    const child = new MessageProcess<ToStepTime, FromStepTime>(extensionUri, 'step-time.cjs', {
      onMessage: (message) => {
        if (message.type === 'failed') return end(() => reject(new Error(message.message)));
        if (message.type === 'measured') times.push(message.secondsPerStep);
        if (times.length === experiments.length) end(() => resolve(times));
      },
      onOutput,
      onDeath: (how) => end(() => reject(new Error(`the process that times steps ended: ${how}`))),
    });
    signal.addEventListener('abort', onAbort, { once: true });
    for (const experiment of experiments) child.send({ type: 'time', ...experiment });
  });
}
