/** Trains the trials of a sweep from the command line: in this process or, several at once, in others. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseLine } from '../../shared/cli-protocol';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { summaryOf } from '../../sweep/summary';
import type { SweepFolder } from '../../sweep/sweep-folder';
import { hasEnded } from '../../sweep/sweep-format';
import { workOn } from '../../sweep/worker';
import { EXIT } from '../command';
import type { Output } from '../output';
import { onStopSignal, quitHint } from '../stop-signals';
import { spokenLanguage, t } from '../texts';
import { reportSummary, sweepReporter } from './report';

/** A process that has died is replaced this often; its trial goes on from its checkpoint. */
const MAX_REPLACEMENTS = 3;

/** The processes of a sweep died more often than they are replaced. */
class SweepProcessError extends WorkbenchError {}

/** `failed`: a process died more often than it is replaced. */
type End = 'done' | 'stopped' | 'failed';

/**
 * Trains until no trial is left or the command is stopped; sets the exit status and prints all trials at the end. Throws
 * `SweepProcessError` if trials are left because their processes have died.
 */
export async function trainSweep(output: Output, sweep: SweepFolder): Promise<void> {
  const { parallel } = sweep.plan.sweep;
  const end = parallel > 1 ? await trainInParallel(output, sweep, parallel) : await trainHere(output, sweep);
  const summary = await summaryOf(sweep);
  reportSummary(output, sweep, summary);
  const resuming = `gan sweep resume ${sweep.path}`;
  if (end === 'failed' && summary.trials.some(({ state }) => state === undefined || !hasEnded(state)))
    throw new SweepProcessError(
      localizable('A process that trains trials has died {0} times.', MAX_REPLACEMENTS + 1),
      localizable('Its messages above say why. To go on: {0}', resuming),
    );
  if (end === 'stopped') output.say(t('To go on: {0}', resuming));
  output.say(t('Sweep folder: {0}', sweep.path));
  process.exitCode = end === 'stopped' ? EXIT.interrupted : EXIT.done;
}

/** One worker of a sweep. */
export async function trainHere(output: Output, sweep: SweepFolder): Promise<'done' | 'stopped'> {
  const stopping = new AbortController();
  const ignoreSignals = onStopSignal(() => {
    output.warn(`\n${t('Stopping after this step and saving a checkpoint.')} ${quitHint()}`);
    stopping.abort('signal');
  });
  try {
    const observer = sweepReporter(output, sweep);
    const end = await workOn(sweep, { observer, signal: stopping.signal });
    if (end === 'budget') output.say(t('The budget of the sweep is spent.'));
    return end === 'stopped' ? 'stopped' : 'done';
  } finally {
    ignoreSignals();
  }
}

async function trainInParallel(output: Output, sweep: SweepFolder, count: number): Promise<End> {
  const stopping = new AbortController();
  const ignoreSignals = onStopSignal(() => {
    output.warn(`\n${t('Stopping all trials and saving their checkpoints.')} ${quitHint()}`);
    stopping.abort();
  });
  try {
    const ends = await Promise.all(
      Array.from({ length: count }, () => keepWorking(output, sweep, stopping.signal)),
    );
    return (['stopped', 'failed'] as const).find((end) => ends.includes(end)) ?? 'done';
  } finally {
    ignoreSignals();
  }
}

async function keepWorking(output: Output, sweep: SweepFolder, signal: AbortSignal): Promise<End> {
  for (let replaced = 0; replaced <= MAX_REPLACEMENTS && !signal.aborted; replaced++) {
    const status = await workInAnotherProcess(output, sweep, signal);
    if (status === EXIT.done) return 'done';
    if (status === EXIT.interrupted) return 'stopped';
    output.warn(t('A process that trains trials has died.'));
  }
  return signal.aborted ? 'stopped' : 'failed';
}

async function workInAnotherProcess(
  output: Output,
  sweep: SweepFolder,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [, script = ''] = process.argv;
  const options = output.json ? ['--json'] : [];
  const worker = spawn(
    process.execPath,
    [script, '--lang', spokenLanguage(), 'sweep', 'work', sweep.path, ...options],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
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
