/**
 * Where a command's words go: for people to standard output and standard error; with `--json`, standard output is
 * one JSON object a line and nothing else.
 */
import type { CommandLine } from '../shared/cli-protocol';
import { WorkbenchError } from '../shared/errors';

export interface Output {
  /** Whether standard output is for programs. */
  json: boolean;
  /** A line for people; left out with `--json`. */
  say(line: string): void;
  /** An object for programs; left out without `--json`. */
  emit(line: CommandLine): void;
  /** As `emit`, for a resolved experiment: its shape is that of the schema. */
  emitExperiment(config: object): void;
  /** To standard error in either case. */
  warn(line: string): void;
}

export function createOutput(): Output {
  const write = (object: object): void => {
    if (output.json) process.stdout.write(`${JSON.stringify(object)}\n`);
  };
  const output: Output = {
    json: false,
    say(line) {
      if (!output.json) process.stdout.write(`${line}\n`);
    },
    emit: write,
    emitExperiment: write,
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
