/** Which layer is being built, so that an error in the middle of a program can say where it happened. */

const stack: string[] = [];
let failedAt: string | undefined;

/** Runs `body` as part of `place`; the innermost place that throws is the one remembered. */
export function at<Result>(place: string, body: () => Result): Result {
  stack.push(place);
  try {
    return body();
  } catch (error) {
    failedAt ??= place;
    throw error;
  } finally {
    stack.pop();
  }
}

export function currentPlace(): string | undefined {
  return failedAt ?? stack.at(-1);
}

export function resetPlace(): void {
  stack.length = 0;
  failedAt = undefined;
}
