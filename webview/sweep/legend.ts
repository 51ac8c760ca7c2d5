/** What the colours and the strokes of the lines mean. */
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { numberText } from './axes';
import { isLightPage, scaleColour } from './colours';
import type { Model } from './model';
import { svg } from './svg';

const STOPS = 8;

export function makeLegend({ rows, sweep, at }: Model): HTMLElement[] {
  const compared = rows.flatMap(({ shown }) => (shown?.isComparable === true ? [shown.value] : []));
  const isAny = (test: (row: Model['rows'][number]) => boolean): boolean => rows.some(test);
  return [
    ...(compared.length === 0 ? [] : [scale(compared, sweep.objective.better)]),
    ...(isAny(({ shown }) => shown?.isComparable === false)
      ? [
          kind(
            'dashed',
            at === 'end'
              ? t('Pruned or not completed: value at its last step, not comparable')
              : t('Not trained that far: value at its last step, not comparable'),
          ),
        ]
      : []),
    ...(isAny(({ trial }) => trial.status === 'failed') ? [kind('dotted', t('Failed'))] : []),
  ];
}

function scale(values: readonly number[], better: 'lower' | 'higher'): HTMLElement {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [worst, best] = better === 'lower' ? [high, low] : [low, high];
  const bar = element('span', { class: 'scale', 'aria-hidden': 'true' });
  const isLight = isLightPage();
  const stops = Array.from({ length: STOPS }, (_, index) => scaleColour(index / (STOPS - 1), isLight));
  bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  return element(
    'span',
    { class: 'legend-scale' },
    `${t('worst')} ${numberText(worst)}`,
    bar,
    `${numberText(best)} ${t('best')}`,
  );
}

function kind(stroke: 'dashed' | 'dotted', text: string): HTMLElement {
  const sample = svg(
    'svg',
    { class: `stroke ${stroke}`, width: 28, height: 8 },
    svg('line', { x1: 0, x2: 28, y1: 4, y2: 4 }),
  );
  return element('span', { class: 'legend-kind' }, sample, text);
}
