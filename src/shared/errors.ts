/**
 * The base class of all user-facing errors. `message` says what was found and where, `remedy` how to fix it; `exitCode`
 * is the exit status of the command line.
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
  /** Message and remedy with placeholders for their values, if they can be translated. */
  readonly said: LocalizableFailure | undefined;
  /** The command to type, for terminal users; other front ends show `remedy` alone. */
  readonly commandLineRemedy: LocalizableText | undefined;

  constructor(
    message: string | LocalizableText,
    remedy: string | LocalizableText,
    options: { cause?: unknown; exitCode?: number; commandLineRemedy?: LocalizableText } = {},
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

/** A thrown value as part of another message. */
export function causeOf(error: unknown): LocalizableValue {
  const said = error instanceof WorkbenchError ? error.said : undefined;
  return said?.message ?? describeError(error);
}

/** A thrown value as a failure that can be translated. */
export function failureOfError(error: unknown): LocalizableFailure {
  if (!(error instanceof WorkbenchError))
    return { message: verbatim(describeError(error)), remedy: verbatim() };
  return error.said ?? { message: saidOf(error.message), remedy: saidOf(error.remedy) };
}

/** A problem with something that is shown nevertheless. */
export interface Problem {
  readonly problem: string;
  /** The problem with placeholders for its values, if it can be translated. */
  readonly said?: LocalizableText;
}

export function problemOf(error: unknown): Problem {
  const said = error instanceof WorkbenchError ? error.said?.message : undefined;
  return { problem: describeError(error), ...(said === undefined ? {} : { said }) };
}

export function problemOfText(said: LocalizableText): Problem {
  return { problem: formatText(said), said };
}

/** Message text for any thrown value. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
