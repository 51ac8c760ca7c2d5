/** Trains in processes of the same command, each of which writes its own run folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Trainer } from '../../agent/trainer';
import { isFailureLine, parseLine } from '../../shared/cli-protocol';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';

/** With this line a command names its folder, which exists by then. */
const folderLine = z.object({ type: z.enum(['run', 'sweep']), folder: z.string() });
/** Until then, the record of a resumed run still says how it ended before. */
const runningLine = z.object({ type: z.literal('status'), status: z.literal('running') });

export class ProcessTrainer implements Trainer {
  readonly #processes = new Set<ChildProcess>();

  async start(experimentFile: string, signal: AbortSignal): Promise<string> {
    return await this.#open(['train', experimentFile], folderIn, signal);
  }

  async resume(runFolder: string, signal: AbortSignal): Promise<void> {
    await this.#open(
      ['resume', runFolder],
      (line) => runningLine.safeParse(line).success || undefined,
      signal,
    );
  }

  async sweep(sweepFile: string, signal: AbortSignal): Promise<string> {
    return await this.#open(['sweep', sweepFile], folderIn, signal);
  }

  /** Stops all trainings after their current step; they save a checkpoint and can be resumed. */
  async close(): Promise<void> {
    const ended = [...this.#processes].map((process) => once(process, 'close'));
    for (const process of this.#processes) process.kill('SIGTERM');
    await Promise.all(ended);
  }

  /** Returns the first thing that `find` finds in a line; throws the failure of a command that ends before. */
  async #open<Found>(args: readonly string[], find: Find<Found>, signal: AbortSignal): Promise<Found> {
    const [, script = ''] = process.argv;
    const child = spawn(process.execPath, [script, ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#processes.add(child);
    child.once('close', () => this.#processes.delete(child));
    const cancel = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', cancel);
    try {
      return await firstIn(child, find);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }
}

type Find<Found> = (line: object | undefined) => Found | undefined;

function folderIn(line: object | undefined): string | undefined {
  return folderLine.safeParse(line).data?.folder;
}

/** Everything else that the command prints is in the records of its run. */
function firstIn<Found>(child: ChildProcess, find: Find<Found>): Promise<Found> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    let failure: Error = new WorkbenchError(
      localizable('Training ended before its first step.'),
      localizable('Run {0} in a terminal to see why.', `gan ${child.spawnargs.slice(2).join(' ')}`),
    );
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on('line', (text) => {
        const line = parseLine(text);
        const found = find(line);
        if (found !== undefined) resolve(found);
        if (isFailureLine(line)) failure = new WorkbenchError(line.message, line.remedy);
      });
    child.once('close', () => reject(failure));
  });
}
