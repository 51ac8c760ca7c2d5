/** Waits for what happens in the background, as long as a busy machine may take. */
import { vi } from 'vitest';

/** Repeats the check until it throws no more. Throws its last error after a minute. */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 60_000 });
}
