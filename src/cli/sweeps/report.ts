/** Reports trials of a sweep as text, and as lines for programs. */
import { join } from 'node:path';
import { padEndTo, textWidth } from '../../shared/text-width';
import { Objective } from '../../sweep/objective';
import type { ShownStatus, SweepSummary, TrialSummary } from '../../sweep/summary';
import type { SweepFolder } from '../../sweep/sweep-folder';
import type { SweepPlan, Trial } from '../../sweep/sweep-format';
import type { SweepObserver } from '../../sweep/worker';
import type { Output } from '../output';
import { statusText } from '../status-text';
import { inLanguage, t } from '../texts';

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
  return t('Trial {0}/{1}: {2}', trial, trials, valuesText(values));
}

/** Prints what happens while trials are trained. */
export function sweepReporter(output: Output, sweep: SweepFolder): SweepObserver {
  const { kind } = new Objective(sweep.plan.sweep.objective);
  const name = (trial: number): string => t('Trial {0}/{1}', trial, sweep.plan.trials);
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
      output.say(
        t(
          '{0}, seed {1}: {2} {3} at step {4}',
          name(trial),
          seed,
          inLanguage(kind.title),
          formatNumber(value),
          step,
        ),
      );
    },
    onTrialEnd({ trial }, { status, value, reason }) {
      output.emit({
        type: 'trialEnd',
        trial,
        status,
        ...(value === undefined ? {} : { value }),
        ...(reason === undefined ? {} : { reason }),
      });
      const ended = [
        statusText(status),
        ...(value === undefined ? [] : [`${inLanguage(kind.title)} ${formatNumber(value)}`]),
      ];
      const told = t('{0}: {1}.', name(trial), ended.join(t(', ')));
      output.say(reason === undefined ? told : `${told} ${reason}`);
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
    return count === undefined ? [] : `${count} ${statusText(status)}`;
  });
  output.say(
    t(
      '{0} trials: {1}. {2} steps in {3} s of training.',
      sweep.plan.trials,
      counts.join(t(', ')),
      summary.steps,
      Math.round(summary.seconds),
    ),
  );
  const keys = Object.keys(sweep.plan.sweep.parameters);
  const rows = summary.trials
    .filter(({ decided }) => decided !== undefined)
    .map(({ trial, status, state, decided }) => [
      String(trial),
      state?.value === undefined ? '' : formatNumber(state.value),
      statusText(status),
      ...keys.map((key) => {
        const value = decided?.values[key];
        return typeof value === 'number' ? formatNumber(value) : JSON.stringify(value ?? null);
      }),
      (state?.runs ?? []).map(({ run }) => run.split('-')[0] ?? run).join(' '),
    ]);
  if (rows.length > 0)
    for (const line of aligned([
      [t('trial'), inLanguage(kind.title), t('status'), ...keys, t('runs')],
      ...rows,
    ]))
      output.say(line);
  for (const { trial, state } of summary.trials)
    if (state?.status === 'failed')
      output.say(t('Trial {0} failed: {1}', trial, state.reason ?? t('no reason was recorded')));
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
    Math.max(...rows.map((row) => textWidth(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => padEndTo(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
