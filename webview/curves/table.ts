/** The curves as a table, for screen readers and for whoever wants the numbers. */
import type { CurveSlice, XAxis } from '../../src/shared/dashboard-protocol';
import { element } from '../dom';
import { formatValue } from '../format';
import { formatPosition } from './chart';
import type { ChartDefinition } from './definitions';

const MOST_ROWS = 100;
const POSITION_TITLES: Readonly<Record<XAxis, string>> = { step: 'Step', images: 'Images', seconds: 'Time' };

/** Means, at most 100 rows evenly spread over the slice; the newest is on top. */
export function curveTable(slice: CurveSlice, charts: readonly ChartDefinition[]): HTMLElement {
  const columns = charts.flatMap(({ title, curves }) =>
    curves.map(({ name, label }) => ({
      title: label === title ? title : `${title}: ${label}`,
      mean: slice.curves.find((curve) => curve.name === name)?.mean,
    })),
  );
  const { xAxis } = slice.view;
  const stride = Math.max(1, Math.ceil(slice.x.length / MOST_ROWS));
  const rows: HTMLElement[] = [];
  for (let index = slice.x.length - 1; index >= 0; index -= stride) {
    const cells = columns.map(({ mean }) => element('td', {}, formatValue(mean?.[index])));
    const position = element('th', { scope: 'row' }, formatPosition(xAxis, slice.x[index] ?? 0));
    rows.push(element('tr', {}, position, ...cells));
  }
  const titles = [POSITION_TITLES[xAxis], ...columns.map(({ title }) => title)];
  const head = element(
    'tr',
    {},
    ...titles.map((title) => element('th', { scope: 'col', class: 'column-title' }, title)),
  );
  return element(
    'div',
    { class: 'table-frame', tabindex: '0' },
    element(
      'table',
      {},
      element('caption', { class: 'sr-only' }, 'Values of the curves'),
      element('thead', {}, head),
      element('tbody', {}, ...rows),
    ),
  );
}
