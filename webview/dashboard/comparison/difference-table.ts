/** Table of the differences between runs: settings that affect training come first, and all are shown on demand. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { element } from '../../shared/dom';
import { t } from '../../shared/texts';
import { type RunLook, swatch } from '../run-look';
import type { Difference } from './differences';

/** Leaves the curves below visible. */
const FIRST_ROWS = 4;

export class DifferenceTable {
  readonly root = element('section', { class: 'differences', 'aria-label': t('What differs'), hidden: true });
  #showsAll = false;
  #shown: (() => void) | undefined;

  /** `looks` are in the order of the runs whose values the differences contain. */
  show(differences: readonly Difference[], looks: readonly RunLook[]): void {
    this.#shown = () => this.show(differences, looks);
    this.root.hidden = looks.length < 2;
    const title = element('h2', {}, t('What differs'));
    if (differences.length === 0) {
      const equal = t('Nothing: these runs have the same configuration, including every default.');
      this.root.replaceChildren(title, element('p', { class: 'note' }, equal));
      return;
    }
    // A button for a single row would take as much room as the row.
    const areAll = this.#showsAll || differences.length <= FIRST_ROWS + 1;
    const rows = areAll ? differences : differences.slice(0, FIRST_ROWS);
    this.root.replaceChildren(
      title,
      element('div', { class: 'table-frame', tabindex: '0' }, tableOf(rows, looks)),
      ...(areAll && !this.#showsAll ? [] : [this.#moreButton(differences.length)]),
    );
  }

  #moreButton(count: number): HTMLElement {
    const text = this.#showsAll ? t('Show Fewer') : t('Show All {0}', count);
    const button = element('vscode-button', { secondary: true, class: 'more' }, text);
    button.addEventListener('click', () => {
      this.#showsAll = !this.#showsAll;
      this.#shown?.();
      this.root.querySelector<HTMLElement>('.more')?.focus();
    });
    return button;
  }
}

function tableOf(rows: readonly Difference[], looks: readonly RunLook[]): HTMLElement {
  const heads = looks.map(({ colour, name }) =>
    element(
      'th',
      { scope: 'col', class: 'column-title' },
      element('span', { class: 'run-head' }, swatch(colour, []), name),
    ),
  );
  return element(
    'table',
    {},
    element('caption', { class: 'sr-only' }, t('What differs')),
    element(
      'thead',
      {},
      element('tr', {}, element('th', { scope: 'col', class: 'column-title' }, t('Setting')), ...heads),
    ),
    element('tbody', {}, ...rows.map(rowOf)),
  );
}

function rowOf({ path, values }: Difference): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, path),
    ...values.map((value) => element('td', {}, value ?? '–')),
  );
}
