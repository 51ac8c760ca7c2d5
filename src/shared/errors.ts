/**
 * The one base class of the errors that a person is meant to read. `message` says what was found and where,
 * `remedy` what to do about it; `exitCode` is what a command line ends with.
 */
export class WorkbenchError extends Error {
  readonly remedy: string;
  readonly exitCode: number;

  constructor(message: string, remedy: string, options: { cause?: unknown; exitCode?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.remedy = remedy;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Text of anything that was thrown, for a message. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
