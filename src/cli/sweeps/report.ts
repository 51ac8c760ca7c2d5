/** Reports trials of a sweep as text, and as lines for programs. */
import { join } from 'node:path';
import { Objective } from '../../sweep/objective';
import type { ShownStatus, SweepSummary, TrialSummary } from '../../sweep/summary';
import type { SweepFolder } from '../../sweep/sweep-folder';
import type { SweepPlan, Trial } from '../../sweep/sweep-format';
import type { SweepObserver } from '../../sweep/worker';
import type { Output } from '../output';

const DIGITS = 4;

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** `beta1 0.5, batchSize 32` */
function valuesText(values: Trial['values']): string {
  return Object.entries(values)
    .map(([key, value]) => {
      const shown = typeof value === 'number' ? formatNumber(value) : JSON.stringify(value);
      return `${key.split('.').at(-1)} ${shown}`;
    })
    .join(', ');
}

/** `Trial 3/16: beta1 0.5` */
export function trialText({ trials }: SweepPlan, { trial, values }: Trial): string {
  return `Trial ${trial}/${trials}: ${valuesText(values)}`;
}

/** Prints what happens while trials are trained. */
export function sweepReporter(output: Output, sweep: SweepFolder): SweepObserver {
  const { kind } = new Objective(sweep.plan.sweep.objective);
  const name = (trial: number): string => `Trial ${trial}/${sweep.plan.trials}`;
  return {
    onTrial(decided) {
      output.emit({ type: 'trial', trial: decided.trial, values: decided.values });
      output.say(trialText(sweep.plan, decided));
    },
    onRun({ trial, seed, folder }) {
      output.emit({ type: 'trialRun', trial, seed, folder });
    },
    onScore({ trial, seed, step, value }) {
      output.emit({ type: 'trialScore', trial, seed, step, value });
      output.say(`${name(trial)}, seed ${seed}: ${kind.title} ${formatNumber(value)} at step ${step}`);
    },
    onTrialEnd({ trial }, { status, value, reason }) {
      output.emit({
        type: 'trialEnd',
        trial,
        status,
        ...(value === undefined ? {} : { value }),
        ...(reason === undefined ? {} : { reason }),
      });
      const score = value === undefined ? '' : `, ${kind.title} ${formatNumber(value)}`;
      output.say(`${name(trial)} ${status}${score}.${reason === undefined ? '' : ` ${reason}`}`);
    },
  };
}

/** In the order in which a sentence names them. */
const STATUSES: readonly ShownStatus[] = [
  'completed',
  'pruned',
  'failed',
  'running',
  'stopped',
  'interrupted',
  'waiting',
];

/** Prints all trials, best first. */
export function reportSummary(output: Output, sweep: SweepFolder, summary: SweepSummary): void {
  const { kind } = new Objective(sweep.plan.sweep.objective);
  for (const trial of summary.trials) output.emit(lineOf(sweep, trial));
  const counts = STATUSES.flatMap((status) => {
    const count = summary.counts[status];
    return count === undefined ? [] : `${count} ${status}`;
  });
  output.say(
    `${sweep.plan.trials} trials: ${counts.join(', ')}. ${summary.steps} steps in ${Math.round(summary.seconds)} s of training.`,
  );
  const keys = Object.keys(sweep.plan.sweep.parameters);
  const rows = summary.trials
    .filter(({ decided }) => decided !== undefined)
    .map(({ trial, status, state, decided }) => [
      String(trial),
      state?.value === undefined ? '' : formatNumber(state.value),
      status,
      ...keys.map((key) => {
        const value = decided?.values[key];
        return typeof value === 'number' ? formatNumber(value) : JSON.stringify(value ?? null);
      }),
      (state?.runs ?? []).map(({ run }) => run.split('-')[0] ?? run).join(' '),
    ]);
  if (rows.length > 0)
    for (const line of aligned([['trial', kind.title, 'status', ...keys, 'runs'], ...rows])) output.say(line);
  for (const { trial, state } of summary.trials)
    if (state?.status === 'failed')
      output.say(`Trial ${trial} failed: ${state.reason ?? 'no reason was recorded'}`);
}

function lineOf(sweep: SweepFolder, { trial, status, decided, state }: TrialSummary) {
  return {
    type: 'trialStatus',
    trial,
    status,
    ...(decided === undefined ? {} : { values: decided.values }),
    ...(state?.value === undefined ? {} : { value: state.value }),
    ...(state?.reason === undefined ? {} : { reason: state.reason }),
    runs: (state?.runs ?? []).map(({ seed, run, value }) => ({
      seed,
      folder: join(sweep.runsFolder, run),
      ...(value === undefined ? {} : { value }),
    })),
  } as const;
}

/** Pads columns to equal widths. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
