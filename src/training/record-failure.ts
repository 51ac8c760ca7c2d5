/** Writes down why training ended. Troubles on the way are told and never hide the reason itself. */

import type { RunWriter } from '../run-folder/run-writer';
import { describeError, WorkbenchError } from '../shared/errors';
import { formatText, localizable, verbatim } from '../shared/localizable-text';
import type { RunFailure } from '../shared/run-format';
import { NonFiniteError } from './non-finite';

/** Does what can fail as well; the message goes to `onWarning`. */
export async function attempt(
  what: string,
  action: () => Promise<void>,
  onWarning: (message: string) => void,
): Promise<void> {
  try {
    await action();
  } catch (trouble) {
    onWarning(`${what} failed as well: ${describeError(trouble)}`);
  }
}

/** What to do about an error that nobody foresaw. */
export const SEE_LOG = localizable('See log.txt in the run folder, then resume the run.');

/** What `run.json` says of an error that ended training when `step` steps were done. */
export function failureOf(error: unknown, step: number): RunFailure {
  const message = describeError(error);
  const told = error instanceof WorkbenchError ? error.said : { message: verbatim(message), remedy: SEE_LOG };
  return {
    message,
    remedy: error instanceof WorkbenchError ? error.remedy : formatText(SEE_LOG),
    step: error instanceof NonFiniteError ? error.step : step,
    ...(error instanceof NonFiniteError ? { tensor: error.tensor } : {}),
    ...(told === undefined ? {} : { said: told }),
  };
}

/** Sets the status to `failed` and writes the stack to the log. */
export async function recordFailure(
  run: RunWriter,
  error: unknown,
  progress: { readonly step: number; readonly seconds: number },
  onWarning: (message: string) => void,
): Promise<void> {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await attempt('Writing the reason to the log', () => run.log(stack), onWarning);
  await attempt(
    'Recording the failure',
    () =>
      run.update({
        status: 'failed',
        step: progress.step,
        trainingSeconds: progress.seconds,
        failure: failureOf(error, progress.step),
      }),
    onWarning,
  );
}
