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
  /** What to type, for somebody who reads the error in a terminal; elsewhere `remedy` alone is shown. */
  readonly commandLineRemedy: string | undefined;

  constructor(
    message: string,
    remedy: string,
    options: { cause?: unknown; exitCode?: number; said?: SaidFailure; commandLineRemedy?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.remedy = remedy;
    this.exitCode = options.exitCode ?? 1;
    this.said = options.said;
    this.commandLineRemedy = options.commandLineRemedy;
  }
}

/** Text of anything that was thrown, for a message. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
