/**
 * Questions within a lesson: a list of check boxes is a prediction, made before a run by choosing one; a paragraph that
 * begins with a pencil is answered in words.
 */
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { send } from './host';

const BOX = /^\s*\[ \]\s+/;
const PENCIL = '✎';
/** After the last key, before the answer is saved. */
const SAVE_AFTER_MS = 500;

/** Removes the marker from the first text in an element. */
function withoutMarker(item: Element, marker: RegExp): void {
  const text = document.createTreeWalker(item, NodeFilter.SHOW_TEXT).nextNode();
  if (text !== null) text.nodeValue = (text.nodeValue ?? '').replace(marker, '');
}

function choicesOf(list: HTMLUListElement): readonly HTMLLIElement[] | undefined {
  const items = [...list.children].filter((item): item is HTMLLIElement => item instanceof HTMLLIElement);
  return items.length > 0 && items.every((item) => BOX.test(item.textContent ?? '')) ? items : undefined;
}

function makeChoices(
  items: readonly HTMLLIElement[],
  question: number,
  chosen: number | undefined,
  onChoice: () => void,
): HTMLElement {
  const boxes = items.map((item, choice) => {
    withoutMarker(item, BOX);
    const box = element('input', {
      type: 'radio',
      name: `question-${question}`,
      checked: choice === chosen,
    });
    box.addEventListener('change', () => {
      send({ type: 'predict', question, choice });
      onChoice();
    });
    return element('label', { class: 'choice' }, box, element('span', {}, ...item.childNodes));
  });
  return element(
    'div',
    { class: 'prediction', role: 'radiogroup', 'aria-label': t('Your prediction') },
    element('span', { class: 'caption' }, t('Your prediction')),
    ...boxes,
  );
}

/**
 * Turns lists of check boxes within an article into choices.
 *
 * @returns how many questions have no prediction yet
 */
export function showPredictions(
  article: HTMLElement,
  predictions: Readonly<Record<string, number>>,
  onAll: () => void,
): number {
  const open = new Set<number>();
  let question = 0;
  for (const list of article.querySelectorAll('ul')) {
    const items = choicesOf(list);
    if (items === undefined) continue;
    const number = question++;
    const chosen = predictions[number];
    if (chosen === undefined) open.add(number);
    list.replaceWith(
      makeChoices(items, number, chosen, () => {
        if (open.delete(number) && open.size === 0) onAll();
      }),
    );
  }
  return open.size;
}

/** Puts a field for the answer below each question with a pencil. */
export function showAnswers(article: HTMLElement, answers: Readonly<Record<string, string>>): void {
  const asked = [...article.querySelectorAll('p')].filter((one) =>
    (one.textContent ?? '').trimStart().startsWith(PENCIL),
  );
  for (const [question, paragraph] of asked.entries()) {
    const field = element('textarea', { rows: '3', 'aria-label': t('Your answer') });
    field.value = answers[question] ?? '';
    field.placeholder = t('Your answer');
    let timer: number | undefined;
    const save = (): void => {
      window.clearTimeout(timer);
      timer = undefined;
      send({ type: 'answer', question, text: field.value });
    };
    field.addEventListener('input', () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, SAVE_AFTER_MS);
    });
    field.addEventListener('blur', () => {
      if (timer !== undefined) save();
    });
    paragraph.classList.add('asked');
    paragraph.after(field);
  }
}
