/** What the run's own diagnostics have found, the newest first, why it happens and what can be tried against it. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { FindingRecord } from '../src/shared/run-format';
import { element, icon } from './dom';
import {
  changeTitle,
  evidenceTitle,
  findingExplanation,
  findingMessage,
  findingTitle,
} from './finding-texts';
import { formatCount, formatValue } from './format';
import { KeptItems } from './kept-items';
import { t } from './texts';

const MOST_SHOWN = 20;

export class FindingsList {
  readonly root = element('div');
  readonly #list = element('ul', { class: 'findings', tabindex: '0', 'aria-label': t('Findings') });
  readonly #items: KeptItems<FindingRecord, HTMLElement>;

  /** `onApply` is called with the index of the change that the person wants. */
  constructor(onApply: (finding: FindingRecord, change: number) => void) {
    this.#items = new KeptItems<FindingRecord, HTMLElement>(this.#list, (finding) =>
      findingItem(finding, (change) => onApply(finding, change)),
    );
  }

  show(findings: readonly FindingRecord[]): void {
    this.#items.show(findings.slice(-MOST_SHOWN).reverse());
    if (findings.length === 0) this.#list.remove();
    else if (!this.#list.isConnected) this.root.append(this.#list);
  }
}

function findingItem(finding: FindingRecord, onApply: (change: number) => void): HTMLElement {
  const { severity, step, evidence, changes = [] } = finding;
  const explanation = findingExplanation(finding);
  const told = [
    icon(severity),
    element('strong', {}, findingTitle(finding)),
    element('span', { class: 'position' }, t('Step {0}', formatCount(step))),
    element('span', { class: 'finding-message' }, findingMessage(finding)),
  ];
  if (explanation === undefined && changes.length === 0 && Object.keys(evidence).length === 0)
    return element('li', { class: severity }, ...told);
  const buttons = changes.map((change, index) => {
    const button = element('vscode-button', { secondary: true }, changeTitle(change));
    button.addEventListener('click', () => onApply(index));
    return button;
  });
  return element(
    'li',
    { class: severity },
    element(
      'details',
      {},
      element('summary', {}, ...told),
      ...(explanation === undefined ? [] : [element('p', {}, explanation)]),
      evidenceList(evidence),
      ...(buttons.length === 0
        ? []
        : [
            element(
              'p',
              { class: 'note' },
              t('Go on in a new run, from a checkpoint, with one of these changes:'),
            ),
            element('div', { class: 'finding-changes' }, ...buttons),
          ]),
    ),
  );
}

/** The numbers that the finding rests on. */
function evidenceList(evidence: FindingRecord['evidence']): HTMLElement {
  const pairs = Object.entries(evidence).map(([name, value]) =>
    element('div', {}, element('dt', {}, evidenceTitle(name)), element('dd', {}, formatValue(value))),
  );
  return element('dl', { class: 'finding-evidence' }, ...pairs);
}
