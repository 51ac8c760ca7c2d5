/** The cells of the runs table. */
import type { RunRow, TableScore } from '../../src/shared/runs-table-protocol';
import { element, icon } from '../shared/dom';
import { formatCount, formatDuration, formatValue } from '../shared/format';
import { statusLabel } from '../shared/status';
import { t } from '../shared/texts';
import { isBestOfProtocol, type RunColumn, scoresOf } from './order';
import { markOf } from './protocol-looks';

const dateTime = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

function missing(kind = ''): HTMLElement {
  return element('td', { class: `note ${kind}` }, '–');
}

function statusOf({ status }: RunRow): HTMLElement {
  return status === 'damaged'
    ? element('span', { class: 'status failed' }, icon('warning'), t('Damaged'))
    : statusLabel(status);
}

function severityText(severity: NonNullable<RunRow['findings']>['severity']): string {
  switch (severity) {
    case 'error':
      return t('Error');
    case 'warning':
      return t('Warning');
    case 'info':
      return t('Information');
  }
}

function findingsCell({ findings }: RunRow): HTMLElement {
  if (findings === undefined) return missing('number');
  const { count, severity } = findings;
  return element(
    'td',
    { class: `number findings-count ${severity}`, title: severityText(severity) },
    icon(severity),
    element('span', { class: 'sr-only' }, severityText(severity)),
    formatCount(count),
  );
}

export function runCell(row: RunRow, column: Exclude<RunColumn, 'name'>): HTMLElement {
  switch (column) {
    case 'experiment':
      return element('td', {}, row.experiment);
    case 'status':
      return element('td', {}, statusOf(row));
    case 'step':
      if (row.status === 'damaged') return missing('number');
      return element('td', { class: 'number' }, `${formatCount(row.step)} / ${formatCount(row.totalSteps)}`);
    case 'duration':
      return row.trainingSeconds === undefined
        ? missing('number')
        : element('td', { class: 'number' }, formatDuration(row.trainingSeconds));
    case 'findings':
      return findingsCell(row);
    case 'tags':
      return element('td', {}, ...row.tags.map((tag) => element('span', { class: 'tag' }, tag)));
    case 'createdAt':
      return row.createdAt === undefined
        ? missing()
        : element('td', {}, dateTime.format(new Date(row.createdAt)));
  }
}

export function settingCell({ config }: RunRow, key: string): HTMLElement {
  const value = config[key];
  if (value === undefined) return missing();
  return element('td', { class: 'setting', title: value }, value);
}

/** @param protocol of the cell's group; scores of all others are shown in their own groups */
export function scoreCell(
  rows: readonly RunRow[],
  row: RunRow,
  name: string,
  protocol: string | undefined,
): HTMLElement {
  const shown = scoresOf(row, name).filter((score) => protocol === undefined || score.protocol === protocol);
  if (shown.length === 0) return missing('number');
  return element('td', { class: 'number' }, ...shown.map((score) => scoreText(rows, score)));
}

function scoreText(rows: readonly RunRow[], score: TableScore): HTMLElement {
  const { name, value, step, protocol } = score;
  const isBest = isBestOfProtocol(rows, score);
  const mark = markOf(rows, name, protocol);
  return element(
    'span',
    {
      class: isBest ? 'score best' : 'score',
      title: t('Best of the run, at step {0} ({1})', formatCount(step), protocol),
    },
    ...(isBest ? [icon('star-full'), element('span', { class: 'sr-only' }, t('best'))] : []),
    formatValue(value),
    ...(mark === '' ? [] : [element('sup', {}, mark)]),
  );
}
