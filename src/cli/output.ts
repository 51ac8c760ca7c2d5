/**
 * Output of a command: text goes to standard output and standard error; with `--json`, standard output has one JSON
 * object per line and nothing else. Texts for people are in the language of the command line, those of objects in English.
 */
import type { CommandLine } from '../shared/cli-protocol';
import { WorkbenchError } from '../shared/errors';
import { t, translated } from './texts';

export interface Output {
  /** Whether standard output is machine-readable. */
  json: boolean;
  /** Prints a line of text; omitted with `--json`. */
  say(line: string): void;
  /** Prints a JSON object; omitted without `--json`. */
  emit(line: CommandLine): void;
  /** Same as `emit`, for a resolved experiment, whose shape is defined by the schema. */
  emitExperiment(config: object): void;
  /** Prints to standard error in either mode. */
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

/** Formats the message and remedy of an error; only unexpected errors include the stack. */
export function explain(error: unknown): string {
  if (error instanceof WorkbenchError) {
    const { message, remedy, said, commandLineRemedy = said?.remedy } = error;
    return `${translated(said?.message, message)}\n${translated(commandLineRemedy, remedy)}`;
  }
  return t('Unexpected error: {0}', error instanceof Error ? (error.stack ?? error.message) : String(error));
}
