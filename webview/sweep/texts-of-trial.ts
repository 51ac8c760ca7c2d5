/** A trial in words. */
import type { ComparedAt, ShownTrialStatus, SweepView } from '../../src/shared/sweep-protocol';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { scoreTitle } from '../shared/value-titles';
import { numberText } from './axes';
import { deviationOf, type Model, type Row } from './model';

export function statusText(status: ShownTrialStatus): string {
  switch (status) {
    case 'waiting':
      return t('Waiting');
    case 'running':
      return t('Training');
    case 'stopped':
      return t('Stopped');
    case 'interrupted':
      return t('Interrupted');
    case 'completed':
      return t('Completed');
    case 'pruned':
      return t('Pruned');
    case 'failed':
      return t('Failed');
    case 'damaged':
      return t('Damaged');
  }
}

export function statusIcon(status: ShownTrialStatus): string {
  switch (status) {
    case 'waiting':
      return 'clock';
    case 'running':
      return 'sync';
    case 'stopped':
      return 'debug-stop';
    case 'interrupted':
      return 'debug-disconnect';
    case 'completed':
      return 'pass-filled';
    case 'pruned':
      return 'circle-slash';
    case 'failed':
      return 'error';
    case 'damaged':
      return 'warning';
  }
}

/** `FID ↓`: the arrow says which way it gets better. */
export function objectiveTitle({ objective }: Pick<SweepView, 'objective'>): string {
  return `${scoreTitle(objective.name)} ${objective.better === 'lower' ? '↓' : '↑'}`;
}

export function levelText(at: ComparedAt): string {
  return at === 'end' ? t('At the end') : t('At step {0}', formatCount(at));
}

/** `43.9 ± 1.2`; undefined without a value. */
export function objectiveText({ trial, shown }: Row, at: ComparedAt): string | undefined {
  if (shown === undefined) return undefined;
  const deviation = at === 'end' && trial.status === 'completed' ? deviationOf(trial) : undefined;
  const value = numberText(shown.value);
  return deviation === undefined ? value : `${value} ± ${numberText(Number(deviation.toPrecision(2)))}`;
}

/** The objective with the step, where it is not that of the others. */
export function comparedText(row: Row, { at, sweep }: Pick<Model, 'at' | 'sweep'>): string {
  const text = objectiveText(row, at);
  if (text === undefined) return t('No {0}', scoreTitle(sweep.objective.name));
  const title = `${scoreTitle(sweep.objective.name)} ${text}`;
  const { step, isComparable } = row.shown ?? {};
  return isComparable === true || step === undefined ? title : t('{0} at step {1}', title, formatCount(step));
}
