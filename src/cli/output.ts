/**
 * Where a command's words go: for people to standard output and standard error; with `--json`, standard output is
 * one JSON object a line and nothing else.
 */
import { WorkbenchError } from '../shared/errors';

export interface Output {
  /** Whether standard output is for programs. */
  json: boolean;
  /** A line for people; left out with `--json`. */
  say(line: string): void;
  /** An object for programs; left out without `--json`. */
  emit(object: object): void;
  /** To standard error in either case. */
  warn(line: string): void;
}

export function createOutput(): Output {
  const output: Output = {
    json: false,
    say(line) {
      if (!output.json) process.stdout.write(`${line}\n`);
    },
    emit(object) {
      if (output.json) process.stdout.write(`${JSON.stringify(object)}\n`);
    },
    warn(line) {
      process.stderr.write(`${line}\n`);
    },
  };
  return output;
}

/** Message and remedy of what a command threw; the stack only of what nobody expected. */
export function explain(error: unknown): string {
  if (error instanceof WorkbenchError) return `${error.message}\n${error.commandLineRemedy ?? error.remedy}`;
  if (error instanceof Error) return `Unexpected error: ${error.stack ?? error.message}`;
  return `Unexpected error: ${String(error)}`;
}
