/** The cells of the runs table. */
import type { RunRow } from '../../src/shared/runs-table-protocol';
import type { ScoreKind } from '../../src/shared/scores';
import type { Spread } from '../../src/shared/spread';
import { element, icon } from '../shared/dom';
import { formatCount, formatDuration, formatValue } from '../shared/format';
import { statusLabel } from '../shared/status';
import { t } from '../shared/texts';
import { distinct, type Entry } from './entries';
import {
  isBestOfProtocol,
  protocolsOf,
  type Quantity,
  quantitySpread,
  type RunColumn,
  scoreSpread,
  scoresOf,
} from './order';
import { markOf } from './protocol-looks';

const dateTime = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

function missing(kind = ''): HTMLElement {
  return element('td', { class: `note ${kind}` }, '–');
}

type AnyStatus = RunRow['status'];

function statusOf(status: AnyStatus): HTMLElement {
  return status === 'damaged'
    ? element('span', { class: 'status failed' }, icon('warning'), t('Damaged'))
    : statusLabel(status);
}

/** States that the runs of an entry do not share are counted. */
function statusCell({ runs }: Entry): HTMLElement {
  const counts = new Map<AnyStatus, number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  const shown = [...counts].map(([status, count]) =>
    element(
      'span',
      { class: 'state' },
      ...(counts.size === 1 ? [] : [`${formatCount(count)} × `]),
      statusOf(status),
    ),
  );
  return element('td', {}, ...shown);
}

type Severity = NonNullable<RunRow['findings']>['severity'];

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

function severityText(severity: Severity): string {
  switch (severity) {
    case 'error':
      return t('Error');
    case 'warning':
      return t('Warning');
    case 'info':
      return t('Information');
  }
}

function findingsCell(entry: Entry): HTMLElement {
  const severity = SEVERITIES.find((one) => entry.runs.some(({ findings }) => findings?.severity === one));
  if (severity === undefined) return missing('number');
  return element(
    'td',
    { class: `number findings-count ${severity}`, title: severityText(severity) },
    icon(severity),
    element('span', { class: 'sr-only' }, severityText(severity)),
    spreadOfEntry(entry, quantitySpread(entry, 'findings'), formatValue),
  );
}

type Format = (value: number) => string;

/** With as many decimals as the mean, unless only zeros would be left. */
function deviationText(deviation: number, mean: number, format: Format): string {
  const decimals = /^-?\d+\.(\d+)$/.exec(format(mean))?.[1]?.length;
  const text = decimals === undefined ? '' : deviation.toFixed(decimals);
  return Number(text) === 0 ? format(deviation) : text;
}

/** `12.3 ± 0.4`, with the number of runs if some have no value; of a single run, its value. */
function spreadOfEntry({ runs, isJoined }: Entry, spread: Spread | undefined, format: Format): HTMLElement {
  if (spread === undefined) return element('span', { class: 'note' }, '–');
  const { mean, deviation, count } = spread;
  if (!isJoined) return element('span', {}, format(mean));
  const text =
    deviation === undefined ? format(mean) : `${format(mean)} ± ${deviationText(deviation, mean, format)}`;
  const title = t(
    'Mean ± standard deviation of {0} of {1} runs',
    formatCount(count),
    formatCount(runs.length),
  );
  const part =
    count === runs.length ? [] : [element('span', { class: 'note part' }, `(n = ${formatCount(count)})`)];
  return element('span', { title }, text, ...part);
}

function formatOf(quantity: Quantity, isJoined: boolean): Format {
  if (quantity === 'duration') return formatDuration;
  // Means are no whole numbers.
  return isJoined ? (value) => formatCount(Math.round(value)) : formatCount;
}

function quantityCell(entry: Entry, quantity: Quantity): HTMLElement {
  const spread = quantitySpread(entry, quantity);
  if (spread === undefined) return missing('number');
  // What all runs have in common, such as their length, has none.
  const shown = spread.deviation === 0 ? { ...spread, deviation: undefined } : spread;
  const totals = distinct(entry.runs.map(({ totalSteps }) => formatCount(totalSteps)));
  return element(
    'td',
    { class: 'number' },
    spreadOfEntry(entry, shown, formatOf(quantity, entry.isJoined)),
    ...(quantity === 'step' && totals.length === 1 ? [` / ${totals[0]}`] : []),
  );
}

export function runCell(entry: Entry, column: Exclude<RunColumn, 'name'>): HTMLElement {
  const { runs, first } = entry;
  switch (column) {
    case 'experiment':
      return element('td', {}, distinct(runs.map(({ experiment }) => experiment)).join(', '));
    case 'status':
      return statusCell(entry);
    case 'findings':
      return findingsCell(entry);
    case 'tags': {
      const tags = distinct(runs.flatMap((run) => run.tags));
      return element('td', {}, ...tags.map((tag) => element('span', { class: 'tag' }, tag)));
    }
    case 'createdAt':
      return first.createdAt === undefined
        ? missing()
        : element('td', {}, dateTime.format(new Date(first.createdAt)));
    default:
      return quantityCell(entry, column);
  }
}

export function settingCell({ runs }: Entry, key: string): HTMLElement {
  const value = distinct(runs.flatMap(({ config }) => config[key] ?? [])).join(', ');
  if (value === '') return missing();
  return element('td', { class: 'setting', title: value }, value);
}

/** Everything that is shown: for the best of each protocol, and the letters of protocols. */
export interface Shown {
  readonly rows: readonly RunRow[];
  readonly entries: readonly Entry[];
}

/** @param protocol of the cell's group; scores of all others are shown in their own groups */
export function scoreCell(
  shown: Shown,
  entry: Entry,
  kind: ScoreKind,
  protocol: string | undefined,
): HTMLElement {
  const protocols = protocolsOf(entry.runs, kind.name).filter(
    (one) => protocol === undefined || one === protocol,
  );
  if (protocols.length === 0) return missing('number');
  return element('td', { class: 'number' }, ...protocols.map((one) => scoreText(shown, entry, kind, one)));
}

function scoreText(shown: Shown, entry: Entry, kind: ScoreKind, protocol: string): HTMLElement {
  const isBest = isBestOfProtocol(shown.entries, entry, kind, protocol);
  const mark = markOf(shown.rows, kind.name, protocol);
  const own = scoresOf(entry.first, kind.name).find((score) => score.protocol === protocol);
  const title =
    entry.isJoined || own === undefined
      ? t('Best of each run ({0})', protocol)
      : t('Best of the run, at step {0} ({1})', formatCount(own.step), protocol);
  return element(
    'span',
    { class: isBest ? 'score best' : 'score', title },
    ...(isBest ? [icon('star-full'), element('span', { class: 'sr-only' }, t('best'))] : []),
    spreadOfEntry(entry, scoreSpread(entry, kind.name, protocol), formatValue),
    ...(mark === '' ? [] : [element('sup', {}, mark)]),
  );
}
