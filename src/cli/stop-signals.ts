/**
 * Signals that ask a command to stop. The first one stops it in order; a later one, of a person who does not want to
 * wait, ends it at once. Process managers send the same signal twice (GNU `timeout` to the command and to its group),
 * so one that follows at once says nothing new.
 */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Since the last signal; one before that is the same wish, sent again. */
const IMPATIENT_AFTER_MS = 2000;

export const QUIT_HINT = `Press Ctrl-C again after ${IMPATIENT_AFTER_MS / 1000} seconds to quit immediately.`;

export interface SignalActions {
  stop(): void;
  quit(): void;
}

/** What each signal does, by a clock in milliseconds. */
export function signalHandler({ stop, quit }: SignalActions, now: () => number): () => void {
  let lastMs: number | undefined;
  return () => {
    const beforeMs = lastMs;
    lastMs = now();
    if (beforeMs === undefined) stop();
    else if (lastMs - beforeMs >= IMPATIENT_AFTER_MS) quit();
  };
}

/** Calls `stop` at the first signal until the function that it returns is called. */
export function onStopSignal(stop: () => void): () => void {
  // The native runtime cannot be interrupted in a step; the state on disk is whole at every instant.
  const quit = (): void => void process.kill(process.pid, 'SIGKILL');
  const handler = signalHandler({ stop, quit }, () => performance.now());
  for (const signal of SIGNALS) process.on(signal, handler);
  return () => {
    for (const signal of SIGNALS) process.off(signal, handler);
  };
}
