/**
 * The one base class of the errors that a person is meant to read. `message` says what was found and where,
 * `remedy` what to do about it; `exitCode` is what a command line ends with.
 */
import type { SaidFailure } from './said';

export class WorkbenchError extends Error {
  readonly remedy: string;
  readonly exitCode: number;
  /** Message and remedy with places for their values, where people may read them in another language. */
  readonly said: SaidFailure | undefined;

  constructor(
    message: string,
    remedy: string,
    options: { cause?: unknown; exitCode?: number; said?: SaidFailure } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.remedy = remedy;
    this.exitCode = options.exitCode ?? 1;
    this.said = options.said;
  }
}

/** Text of anything that was thrown, for a message. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
