/** Tracks the layer that is being built, so that an error in the middle of a program can report where it occurred. */

const stack: string[] = [];
let failedAt: string | undefined;

/** Runs `body` within `place`; if it throws, the innermost place is recorded. */
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
