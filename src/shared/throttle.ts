/** Limits the progress messages of a long task to a rate that a terminal, a page or a port can handle. */

/** Progress of a task with a count: an import, the phases of an evaluation. */
export interface CountedProgress {
  readonly phase?: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Throttles calls: passes on the first call and then one per interval. Calls for which `isUrgent` holds always pass.
 */
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

/** Like `throttled`, but the last call and the first of each phase always pass. */
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

/** Like `throttled`, but the last step always passes. */
export function throttledSteps<Progress extends { readonly step: number; readonly totalSteps: number }>(
  intervalMs: number,
  receive: (progress: Progress) => void,
): (progress: Progress) => void {
  return throttled(intervalMs, receive, ({ step, totalSteps }) => step === totalSteps);
}
