/**
 * Table of the differences between runs: settings that affect training come first, code and machine last, and all are
 * shown on demand.
 */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import './difference-table.css';
import type { RunRecord } from '../../../src/shared/run-format';
import { element } from '../../shared/dom';
import { localized, t } from '../../shared/texts';
import { type RunLook, swatch } from '../run-look';
import type { Receivers, Section, SectionContext } from '../section';
import { type Difference, differences, provenanceDifferences } from './differences';

/** Leaves the curves below visible. */
const FIRST_ROWS = 4;

export class DifferenceTable implements Section {
  readonly root = element('section', { class: 'differences', 'aria-label': t('What differs'), hidden: true });
  readonly receives: Receivers = {
    // Before the config, and every second afterwards; only the config decides when the table is shown.
    run: ({ record }, run) => {
      this.#records[run] = record;
    },
    config: ({ config }, run) => {
      this.#configs[run] = config;
      this.#show();
    },
  };
  #runs: readonly RunLook[];
  readonly #configs: unknown[];
  readonly #records: (RunRecord | undefined)[];
  #showsAll = false;

  constructor({ runs, links }: SectionContext) {
    this.#runs = runs;
    this.#configs = runs.map(() => undefined);
    this.#records = runs.map(() => undefined);
    links.renamed.listen((renamed) => {
      this.#runs = renamed;
      this.#show();
    });
  }

  /** Between the runs whose configs have arrived. */
  #show(): void {
    const isKnown = (_: unknown, run: number): boolean => this.#configs[run] !== undefined;
    const looks = this.#runs.filter(isKnown);
    const records = this.#records.filter(isKnown).filter((record) => record !== undefined);
    const rows = [
      ...differences(this.#configs.filter(isKnown)),
      ...provenanceDifferences(records, localized),
    ];
    this.root.hidden = looks.length < 2;
    const title = element('h2', {}, t('What differs'));
    if (rows.length === 0) {
      const equal = t('Nothing: these runs have the same configuration, including every default.');
      this.root.replaceChildren(title, element('p', { class: 'note' }, equal));
      return;
    }
    // A button for a single row would take as much room as the row.
    const areAll = this.#showsAll || rows.length <= FIRST_ROWS + 1;
    this.root.replaceChildren(
      title,
      element(
        'div',
        { class: 'table-frame', tabindex: '0' },
        tableOf(areAll ? rows : rows.slice(0, FIRST_ROWS), looks),
      ),
      ...(areAll && !this.#showsAll ? [] : [this.#moreButton(rows.length)]),
    );
  }

  #moreButton(count: number): HTMLElement {
    const text = this.#showsAll ? t('Show Fewer') : t('Show All {0}', count);
    const button = element('vscode-button', { secondary: true, class: 'more' }, text);
    button.addEventListener('click', () => {
      this.#showsAll = !this.#showsAll;
      this.#show();
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
