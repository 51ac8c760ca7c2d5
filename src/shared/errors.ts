/**
 * The one base class of the errors that a person is meant to read. `message` says what was found and where,
 * `remedy` what to do about it; `exitCode` is what a command line ends with.
 */
import {
  formatText,
  type LocalizableFailure,
  type LocalizableText,
  type LocalizableValue,
  verbatim,
} from './localizable-text';

export class WorkbenchError extends Error {
  readonly remedy: string;
  readonly exitCode: number;
  /** Message and remedy with places for their values, where people may read them in another language. */
  readonly said: LocalizableFailure | undefined;
  /** What to type, for somebody who reads the error in a terminal; elsewhere `remedy` alone is shown. */
  readonly commandLineRemedy: string | undefined;

  constructor(
    message: string | LocalizableText,
    remedy: string | LocalizableText,
    options: { cause?: unknown; exitCode?: number; commandLineRemedy?: string } = {},
  ) {
    super(englishOf(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.remedy = englishOf(remedy);
    this.exitCode = options.exitCode ?? 1;
    this.said =
      typeof message === 'string' && typeof remedy === 'string'
        ? undefined
        : { message: saidOf(message), remedy: saidOf(remedy) };
    this.commandLineRemedy = options.commandLineRemedy;
  }
}

function englishOf(text: string | LocalizableText): string {
  return typeof text === 'string' ? text : formatText(text);
}

function saidOf(text: string | LocalizableText): LocalizableText {
  return typeof text === 'string' ? verbatim(text) : text;
}

/** What was thrown, as a part of another message. */
export function causeOf(error: unknown): LocalizableValue {
  const said = error instanceof WorkbenchError ? error.said : undefined;
  return said?.message ?? describeError(error);
}

/** What was thrown, as a person reads it in any language. */
export function failureOfError(error: unknown): LocalizableFailure {
  if (!(error instanceof WorkbenchError))
    return { message: verbatim(describeError(error)), remedy: verbatim() };
  return error.said ?? { message: saidOf(error.message), remedy: saidOf(error.remedy) };
}

/** What is wrong with something that is shown all the same. */
export interface Problem {
  readonly problem: string;
  /** The same with places for its values, where it can be read in another language. */
  readonly said?: LocalizableText;
}

export function problemOf(error: unknown): Problem {
  const said = error instanceof WorkbenchError ? error.said?.message : undefined;
  return { problem: describeError(error), ...(said === undefined ? {} : { said }) };
}

export function problemOfText(said: LocalizableText): Problem {
  return { problem: formatText(said), said };
}

/** Text of anything that was thrown, for a message. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
