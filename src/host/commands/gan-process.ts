/**
 * Runs a command of `gan` in a child process: what takes long or loads networks must neither keep the editor waiting nor
 * crash with it. Does not depend on VS Code.
 */
import { createInterface } from 'node:readline';
import { type FailureLine, isFailureLine, parseLine } from '../../shared/cli-protocol';
import { WorkbenchError } from '../../shared/errors';
import { spawnNode } from '../../shared/node-process';

/** The command failed. */
class GanProcessError extends WorkbenchError {}

export interface GanCommandLine {
  /** Absolute path of `gan.cjs`. */
  readonly command: string;
  /** Name and arguments; `--json` is added. */
  readonly args: readonly string[];
  /** Cancels the command as Ctrl-C does. */
  readonly signal: AbortSignal;
  /** Called with each line of output; `line` is undefined for text such as a library's own warning. */
  onLine(line: object | undefined, text: string): void;
}

/** Returns whether the command ended, or was cancelled. Throws `GanProcessError`. */
export async function runGan({ command, args, signal, onLine }: GanCommandLine): Promise<boolean> {
  const child = spawnNode([command, ...args, '--json']);
  const cancel = (): void => {
    child.kill('SIGINT');
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  let failure: FailureLine | undefined;
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parseLine(text);
    if (isFailureLine(line)) failure = line;
    else onLine(line, text);
  });
  const end = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) => resolve(code === 0 ? undefined : `${by ?? code}`));
  });
  signal.removeEventListener('abort', cancel);
  // A cancellation that comes too late has cancelled nothing.
  if (end === undefined) return true;
  if (signal.aborted) return false;
  if (failure !== undefined) throw new GanProcessError(failure.message, failure.remedy);
  throw new GanProcessError(complaints.trim() || end, '');
}
