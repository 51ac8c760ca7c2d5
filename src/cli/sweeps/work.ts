/** Trains the trials of a sweep from the command line: in this process or, several at once, in others. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseLine } from '../../shared/cli-protocol';
import { summaryOf } from '../../sweep/summary';
import type { SweepFolder } from '../../sweep/sweep-folder';
import { workOn } from '../../sweep/worker';
import { EXIT } from '../command';
import type { Output } from '../output';
import { onStopSignal, QUIT_HINT } from '../stop-signals';
import { reportSummary, sweepReporter } from './report';

/** A process that has died is replaced this often; its trial goes on from its checkpoint. */
const MAX_REPLACEMENTS = 3;

/** Trains until no trial is left or the command is stopped; sets the exit status and prints all trials at the end. */
export async function trainSweep(output: Output, sweep: SweepFolder): Promise<void> {
  const { parallel } = sweep.plan.sweep;
  const end = parallel > 1 ? await trainInParallel(output, sweep, parallel) : await trainHere(output, sweep);
  reportSummary(output, sweep, await summaryOf(sweep));
  if (end === 'stopped') output.say(`To go on: gan sweep resume ${sweep.path}`);
  output.say(`Sweep folder: ${sweep.path}`);
  process.exitCode = end === 'stopped' ? EXIT.interrupted : EXIT.done;
}

/** One worker of a sweep. */
export async function trainHere(output: Output, sweep: SweepFolder): Promise<'done' | 'stopped'> {
  const stopping = new AbortController();
  const ignoreSignals = onStopSignal(() => {
    output.warn(`\nStopping after this step and saving a checkpoint. ${QUIT_HINT}`);
    stopping.abort('signal');
  });
  try {
    const observer = sweepReporter(output, sweep);
    const end = await workOn(sweep, { observer, signal: stopping.signal });
    if (end === 'budget') output.say('The budget of the sweep is spent.');
    return end === 'stopped' ? 'stopped' : 'done';
  } finally {
    ignoreSignals();
  }
}

async function trainInParallel(
  output: Output,
  sweep: SweepFolder,
  count: number,
): Promise<'done' | 'stopped'> {
  const stopping = new AbortController();
  const ignoreSignals = onStopSignal(() => {
    output.warn(`\nStopping all trials and saving their checkpoints. ${QUIT_HINT}`);
    stopping.abort();
  });
  try {
    await Promise.all(Array.from({ length: count }, () => keepWorking(output, sweep, stopping.signal)));
    return stopping.signal.aborted || (await sweep.isStopRequested()) ? 'stopped' : 'done';
  } finally {
    ignoreSignals();
  }
}

async function keepWorking(output: Output, sweep: SweepFolder, signal: AbortSignal): Promise<void> {
  for (let replaced = 0; replaced <= MAX_REPLACEMENTS && !signal.aborted; replaced++) {
    const status = await workInAnotherProcess(output, sweep, signal);
    if (status === EXIT.done || status === EXIT.interrupted) return;
    output.warn('A process that trained trials has died.');
  }
}

async function workInAnotherProcess(
  output: Output,
  sweep: SweepFolder,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [, script = ''] = process.argv;
  const options = output.json ? ['--json'] : [];
  const worker = spawn(process.execPath, [script, 'sweep', 'work', sweep.path, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (): void => void worker.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  createInterface({ input: worker.stdout }).on('line', (line) => pass(output, line));
  const [status]: unknown[] = await once(worker, 'close');
  signal.removeEventListener('abort', stop);
  return typeof status === 'number' ? status : undefined;
}

/** Lines for programs are passed on whole, so that those of several processes do not mix. */
function pass(output: Output, line: string): void {
  if (!output.json) output.say(line);
  else if (parseLine(line) !== undefined) process.stdout.write(`${line}\n`);
}
