/** Keeps the news of a long task to a rate that a terminal, a page or a port can take. */

/** News of a task that counts: an import, the phases of an evaluation. */
export interface CountedProgress {
  readonly phase?: string;
  readonly done: number;
  readonly total: number;
}

/** Passes on the first call and then one per interval. A call for which `isUrgent` holds is always passed on. */
export function throttled<Progress>(
  intervalMs: number,
  receive: (progress: Progress) => void,
  isUrgent: (progress: Progress) => boolean = () => false,
): (progress: Progress) => void {
  let passedAtMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const nowMs = performance.now();
    if (nowMs - passedAtMs < intervalMs && !isUrgent(progress)) return;
    passedAtMs = nowMs;
    receive(progress);
  };
}

/** As `throttled`; the last call and the first of each phase are always passed on. */
export function throttledCount<Progress extends CountedProgress>(
  intervalMs: number,
  receive: (progress: Progress) => void,
): (progress: Progress) => void {
  let phase: string | undefined;
  return throttled(
    intervalMs,
    (progress) => {
      phase = progress.phase;
      receive(progress);
    },
    (progress) => progress.phase !== phase || progress.done === progress.total,
  );
}

/** As `throttled`; the last step is always passed on. */
export function throttledSteps<Progress extends { readonly step: number; readonly totalSteps: number }>(
  intervalMs: number,
  receive: (progress: Progress) => void,
): (progress: Progress) => void {
  return throttled(intervalMs, receive, ({ step, totalSteps }) => step === totalSteps);
}
