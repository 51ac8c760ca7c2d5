/** A command of `gan`. To add one, create a file in `commands/` and list it in its registry. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { WorkbenchError } from '../shared/errors';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import { RUN_FILES } from '../shared/run-format';
import { errorCode } from '../storage/storage-error';
import type { Output } from './output';
import { t } from './texts';

export interface CommandContext {
  readonly output: Output;
}

export interface GanCommand {
  readonly name: string;
  /** Adds arguments, options and the action to a new commander command. */
  define(command: Command, context: CommandContext): void;
}

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Incorrect command-line usage; exit status 2. */
export class UsageError extends WorkbenchError {
  constructor(message: LocalizableText, remedy: LocalizableText) {
    super(message, remedy, { exitCode: EXIT.usage });
  }
}

/** Throws `UsageError` if a folder passed as an argument is missing or not a run; everything else fails on use. */
export async function requireRun(folder: string): Promise<void> {
  try {
    await lstat(join(folder, RUN_FILES.run));
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return;
    throw new UsageError(
      localizable('There is no run in {0}.', folder),
      localizable(
        'Pass a run folder, e.g. gan-runs/00001-digits. To list the runs of a folder, use `gan runs`.',
      ),
    );
  }
}

/** Returns a parser for integer options in a range. */
export function integerOption(
  name: string,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < low || value > high)
      throw new UsageError(
        high === Number.MAX_SAFE_INTEGER
          ? localizable(
              '{0} is {1}, but must be a whole number of at least {2}.',
              name,
              JSON.stringify(text),
              low,
            )
          : localizable(
              '{0} is {1}, but must be a whole number from {2} to {3}.',
              name,
              JSON.stringify(text),
              low,
              high,
            ),
        localizable('Pass a number, e.g. {0}.', Math.min(high, Math.max(low, 8))),
      );
    return value;
  };
}

/** Returns a parser for options from 0 to 1. */
export function fractionOption(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= 0 && value <= 1))
      throw new UsageError(
        localizable('{0} is {1}, but must be a number from 0 to 1.', name, JSON.stringify(text)),
        localizable('Pass a number, e.g. {0}.', 0.7),
      );
    return value;
  };
}

/** Of commands that open a network of a run. */
export function checkpointStep() {
  return [
    '--from <step>',
    t('checkpoint step (default: best by score, otherwise newest)'),
    integerOption('--from', 0),
  ] as const;
}

/** Collects the values of a repeatable option. */
export function repeated(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}
