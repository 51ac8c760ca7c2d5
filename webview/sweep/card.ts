/** The card beside the mouse pointer: the trial that is pointed at, in any of the plots. */
import { element, icon } from '../shared/dom';
import { t } from '../shared/texts';
import { valueText } from './axes';
import type { Model, Row } from './model';
import { comparedText, statusIcon, statusText } from './texts-of-trial';

/** Between the mouse pointer and the card. */
const GAP_PX = 14;
const card = element('div', { class: 'trial-card', 'aria-hidden': 'true', hidden: true });

/** @param at the position of the mouse pointer in the page */
export function showCard(row: Row, model: Model, at: { readonly left: number; readonly top: number }): void {
  const { trial } = row;
  card.replaceChildren(
    element(
      'div',
      { class: 'card-head' },
      element('strong', {}, t('Trial {0}', trial.trial)),
      element(
        'span',
        { class: `trial-status ${trial.status}` },
        icon(statusIcon(trial.status)),
        statusText(trial.status),
      ),
    ),
    element('div', { class: 'card-value' }, comparedText(row, model)),
    element(
      'dl',
      {},
      ...model.axes
        .slice(0, trial.values.length)
        .flatMap(({ title }, index) => [
          element('dt', {}, title),
          element('dd', {}, valueText(trial.values[index] ?? null)),
        ]),
    ),
    ...(trial.reason === undefined ? [] : [element('div', { class: 'note' }, trial.reason)]),
  );
  card.hidden = false;
  if (!card.isConnected) document.body.append(card);
  const { width, height } = card.getBoundingClientRect();
  const isRoomRight = at.left + GAP_PX + width < innerWidth;
  card.style.left = `${Math.max(0, isRoomRight ? at.left + GAP_PX : at.left - GAP_PX - width)}px`;
  card.style.top = `${Math.max(0, Math.min(at.top + GAP_PX, innerHeight - height))}px`;
}

export function hideCard(): void {
  card.hidden = true;
}
