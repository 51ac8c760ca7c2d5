/** The curves as a table, for screen readers and for users who want the numbers. */

import { classScoresOf } from '../../../src/shared/class-scores';
import type { XAxis } from '../../../src/shared/dashboard-protocol';
import { element } from '../../shared/dom';
import { formatCount, formatValue } from '../../shared/format';
import { t } from '../../shared/texts';
import { scoreTitle } from '../../shared/value-titles';
import { ofRun, type RunLook } from '../run-look';
import { lineData, type RunCurves, scoreKinds } from './curve-data';
import { alignedColumns, valueAt } from './data';
import type { ChartDefinition } from './definitions';
import { formatPosition } from './reading';

const MAX_ROWS = 100;

function positionTitle(xAxis: XAxis): string {
  if (xAxis === 'seconds') return t('Time');
  return xAxis === 'images' ? t('Examples') : t('Step');
}

function table(caption: string, titles: readonly string[], rows: readonly HTMLElement[]): HTMLTableElement {
  const head = titles.map((title) => element('th', { scope: 'col', class: 'column-title' }, title));
  return element(
    'table',
    {},
    element('caption', { class: 'sr-only' }, caption),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}

/** Reuses existing frames, which keeps the focus and the scroll position. */
export function showTables(body: HTMLElement, tables: readonly HTMLTableElement[]): void {
  for (const frame of [...body.children].slice(tables.length)) frame.remove();
  tables.forEach((made, index) => {
    const frame =
      body.children[index] ??
      body.appendChild(
        element('div', {
          class: 'table-frame',
          tabindex: '0',
          title: t('Plus and minus zoom, 0 shows the whole run, Shift+arrow keys pan.'),
        }),
      );
    frame.replaceChildren(made);
  });
}

/** Means, in up to 100 rows evenly spaced over the visible range, and the newest scores; newest first. */
export function curveTables(
  curves: readonly RunCurves[],
  charts: readonly ChartDefinition[],
  runs: readonly RunLook[],
  xAxis: XAxis,
): HTMLTableElement[] {
  // Lines of one run are adjacent, since they share their steps.
  const lines = charts
    .filter(({ score }) => score === undefined)
    .flatMap(({ title, lines }) => lines.map((line) => ({ title, line })))
    .sort((a, b) => a.line.run - b.line.run);
  const [x, ...columns] = alignedColumns(
    lines.map(({ line }) => lineData(curves, line, undefined, xAxis)),
    { smoothing: 0, isRobust: false, isLogarithmic: false, hasBands: false },
  );
  const titles = lines.map(({ title, line: { label, run } }) => {
    const curve = label === title ? title : t('{0}: {1}', title, label);
    return ofRun(curve, run, runs);
  });
  const stride = Math.max(1, Math.ceil(x.length / MAX_ROWS));
  const rows: HTMLElement[] = [];
  for (let row = x.length - 1; row >= 0; row -= stride) {
    const read = (column: (typeof columns)[number]) =>
      runs.length === 1 ? column[row] : valueAt(column, row);
    const cells = columns.map((column) => element('td', {}, formatValue(read(column))));
    rows.push(
      element('tr', {}, element('th', { scope: 'row' }, formatPosition(xAxis, x[row] ?? 0)), ...cells),
    );
  }
  const values = table(t('Values of the curves'), [positionTitle(xAxis), ...titles], rows);
  const scores = scoreRows(curves, runs);
  if (scores.length === 0) return [values];
  const scoreTitles = [
    t('Step'),
    ...(runs.length === 1 ? [] : [t('Run')]),
    t('Score'),
    t('Value'),
    t('Protocol'),
  ];
  return [values, table(t('Scores'), scoreTitles, scores)];
}

/** Scores of single classes follow only the newest scores of each run, to keep the table readable. */
function scoreRows(curves: readonly RunCurves[], runs: readonly RunLook[]): HTMLElement[] {
  const kinds = scoreKinds(curves);
  const newest = (run: number): number =>
    Math.max(...(curves[run]?.scores.map(({ record }) => record.step) ?? []));
  return curves
    .flatMap(({ scores }, run) => scores.map(({ record, deviation }) => ({ run, record, deviation })))
    .sort((a, b) => b.record.step - a.record.step)
    .slice(0, MAX_ROWS)
    .flatMap(({ run, record, deviation }) => {
      const { step, name, value, protocol } = record;
      const kind = kinds.find((one) => one.name === name && one.protocol === protocol);
      const row = (title: string, shown: string): HTMLElement => {
        const cells = [...(runs.length === 1 ? [] : [runs[run]?.name ?? '']), title, shown];
        return element(
          'tr',
          {},
          element('th', { scope: 'row' }, formatCount(step)),
          ...cells.map((text) => element('td', {}, text)),
          element('td', { title: protocol }, kind?.caption ?? protocol),
        );
      };
      const ofClasses = classScoresOf(record).map((one) =>
        row(
          t('{0} of class {1}', scoreTitle(name), one.label),
          one.value === undefined ? t('too few examples') : formatValue(one.value),
        ),
      );
      const shown =
        deviation === undefined ? formatValue(value) : `${formatValue(value)} ± ${formatValue(deviation)}`;
      return [row(scoreTitle(name), shown), ...(step === newest(run) ? ofClasses : [])];
    });
}
