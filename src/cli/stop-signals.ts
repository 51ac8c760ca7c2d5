/**
 * Signals that stop a command. The first one stops it gracefully; a later one, from a user who does not want to wait,
 * terminates it immediately. Process managers send the same signal twice (GNU `timeout` to the command and to its
 * group), so a signal right after another is ignored.
 */
import { EXIT } from './command';
import type { Output } from './output';
import { t } from './texts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Minimum time since the last signal; one that arrives sooner is a duplicate of the same request. */
const IMPATIENT_AFTER_MS = 2000;

export function quitHint(): string {
  return t('Press Ctrl-C again after {0} seconds to quit immediately.', IMPATIENT_AFTER_MS / 1000);
}

export interface SignalActions {
  stop(): void;
  quit(): void;
}

/** Returns a signal handler that decides between `stop` and `quit`, by a clock in milliseconds. */
export function signalHandler({ stop, quit }: SignalActions, now: () => number): () => void {
  let lastMs: number | undefined;
  return () => {
    const beforeMs = lastMs;
    lastMs = now();
    if (beforeMs === undefined) stop();
    else if (lastMs - beforeMs >= IMPATIENT_AFTER_MS) quit();
  };
}

/** Calls `stop` on the first signal, until the returned function is called. */
export function onStopSignal(stop: () => void): () => void {
  // The native runtime cannot be interrupted within a step; the state on disk is consistent at all times.
  const quit = (): void => void process.kill(process.pid, 'SIGKILL');
  const handler = signalHandler({ stop, quit }, () => performance.now());
  for (const signal of SIGNALS) process.on(signal, handler);
  return () => {
    for (const signal of SIGNALS) process.off(signal, handler);
  };
}

/**
 * Cancels work at the first signal, says so, and sets the exit status.
 *
 * @param work throws once the signal is aborted
 * @returns whether it was done
 */
export async function untilStopped(
  output: Output,
  cancelled: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const cancelling = new AbortController();
  const ignoreSignals = onStopSignal(() => cancelling.abort());
  try {
    await work(cancelling.signal);
    return true;
  } catch (error) {
    if (!cancelling.signal.aborted) throw error;
    output.warn(`\n${cancelled}`);
    process.exitCode = EXIT.interrupted;
    return false;
  } finally {
    ignoreSignals();
  }
}
