/** The card next to the mouse pointer on a chart: position, and the smoothed and raw value of each line. */
import { element } from '../../shared/dom';
import { formatValue } from '../../shared/format';
import { t } from '../../shared/texts';
import { swatch } from '../run-look';
import { topLayer } from './tooltip';

export interface CardLine {
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly value: number | null;
  /** Of the mean over seeds. */
  readonly deviation: number | undefined;
  /** Undefined if the line is not smoothed. */
  readonly raw: number | null | undefined;
}

/** Between the mouse pointer and the card. */
const GAP_PX = 14;
const card = element('div', { class: 'cursor-card', 'aria-hidden': 'true', hidden: true });

/** `at` is the position of the mouse pointer in the page. */
export function showCursorCard(
  position: string,
  lines: readonly CardLine[],
  at: { readonly left: number; readonly top: number },
): void {
  const isSmoothed = lines.some(({ raw }) => raw !== undefined);
  const rows = lines.flatMap(({ label, colour, dash, value, deviation, raw }) => [
    swatch(colour, dash),
    element('span', { class: 'card-label' }, label),
    element(
      'span',
      { class: 'value' },
      deviation === undefined ? formatValue(value) : `${formatValue(value)} ± ${formatValue(deviation)}`,
    ),
    ...(isSmoothed ? [element('span', { class: 'raw-value' }, formatValue(raw))] : []),
  ]);
  const heads = isSmoothed
    ? [
        element('span', { class: 'card-head' }, t('Smoothed')),
        element('span', { class: 'card-head' }, t('Raw')),
      ]
    : [element('span', {})];
  card.classList.toggle('smoothed', isSmoothed);
  card.replaceChildren(element('span', { class: 'card-position' }, position), ...heads, ...rows);
  card.hidden = false;
  topLayer().append(card);
  const { width, height } = card.getBoundingClientRect();
  const isRoomRight = at.left + GAP_PX + width < innerWidth;
  card.style.left = `${Math.max(0, isRoomRight ? at.left + GAP_PX : at.left - GAP_PX - width)}px`;
  card.style.top = `${Math.max(0, Math.min(at.top + GAP_PX, innerHeight - height))}px`;
}

export function hideCursorCard(): void {
  card.hidden = true;
}
