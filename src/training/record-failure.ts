/** Records why training ended. Problems on the way are reported and never hide the original reason. */

import type { RunWriter } from '../run-folder/run-writer';
import { causeOf, describeError, WorkbenchError } from '../shared/errors';
import { formatText, type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import type { RunFailure } from '../shared/run-format';
import { NonFiniteError } from './non-finite';

/** Runs an action that may itself fail; the error message goes to `onWarning`. */
export async function attempt(
  what: LocalizableText,
  action: () => Promise<void>,
  onWarning: (message: LocalizableText) => void,
): Promise<void> {
  try {
    await action();
  } catch (trouble) {
    onWarning(localizable('{0} failed as well: {1}', what, causeOf(trouble)));
  }
}

/** Remedy for an unexpected error. */
export const SEE_LOG = localizable('See log.txt in the run folder, then resume the run.');

/** Returns the entry in `run.json` for an error that ended training after `step` steps. */
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
  onWarning: (message: LocalizableText) => void,
): Promise<void> {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await attempt(localizable('Writing the reason to the log'), () => run.log(stack), onWarning);
  await attempt(
    localizable('Recording the failure'),
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
