/** Findings of the run's diagnostics, newest first, with their causes and suggested remedies. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import './findings.css';
import { changedKeys } from '../../src/shared/changed-keys';
import type { ShownFinding } from '../../src/shared/dashboard-protocol';
import type { FindingChange, FindingRecord } from '../../src/shared/run-format';
import { element, icon } from '../shared/dom';
import { formatCount, formatValue } from '../shared/format';
import { t } from '../shared/texts';
import {
  changeTitle,
  evidenceTitle,
  findingExplanation,
  findingMessage,
  findingTitle,
} from './finding-texts';
import { send } from './host';
import { KeptItems } from './kept-items';
import type { Receivers, Section } from './section';

/** Leaves the curves below visible. */
const FIRST_SHOWN = 4;
const MAX_SHOWN = 20;

export class FindingsList implements Section {
  readonly root = element('div');
  readonly receives: Receivers = {
    findings: ({ findings }) => {
      this.#findings = findings.map(({ record }) => record);
      this.#draw();
    },
    config: ({ config }) => {
      this.#config = config;
      this.#draw();
    },
  };
  readonly #list = element('ul', { class: 'findings', 'aria-label': t('Findings') });
  readonly #more = element('vscode-button', { secondary: true, class: 'more-findings' });
  #showsAll = false;
  readonly #items: KeptItems<FindingShown, HTMLElement>;
  #findings: readonly ShownFinding[] = [];
  /** Config of the run, against which the effect of a change is shown. */
  #config: unknown;

  constructor() {
    this.#items = new KeptItems<FindingShown, HTMLElement>(this.#list, {
      keyOf: ({ finding: { rule, step } }) => `${rule} ${step}`,
      make: (shown, previous) => {
        const item = findingItem(shown, (change) => apply(shown.finding, change));
        const details = item.querySelector('details');
        if (details !== null) details.open = previous?.querySelector('details')?.open ?? false;
        return item;
      },
    });
    this.#more.addEventListener('click', () => {
      this.#showsAll = !this.#showsAll;
      this.#draw();
    });
  }

  #draw(): void {
    const newest = this.#findings.slice(-MAX_SHOWN).reverse();
    // A button for a single finding would take as much room as the finding.
    const areFew = newest.length <= FIRST_SHOWN + 1;
    const shown = areFew || this.#showsAll ? newest : newest.slice(0, FIRST_SHOWN);
    this.#items.show(shown.map((finding) => ({ finding, config: this.#config })));
    if (shown.length === 0) this.#list.remove();
    else if (!this.#list.isConnected) this.root.append(this.#list, this.#more);
    this.#more.hidden = areFew;
    this.#more.textContent = this.#showsAll ? t('Show Fewer') : t('Show All {0}', newest.length);
  }
}

/** `change` is its index in the changes that the finding suggests. */
function apply({ rule, step }: FindingRecord, change: number): void {
  send({ type: 'applyFinding', run: 0, rule, step, change });
}

interface FindingShown {
  readonly finding: ShownFinding;
  readonly config: unknown;
}

function findingItem({ finding, config }: FindingShown, onApply: (change: number) => void): HTMLElement {
  const { severity, step, evidence, changes = [], recoveredAt } = finding;
  const explanation = findingExplanation(finding);
  const told = [
    icon(recoveredAt === undefined ? severity : 'pass'),
    element('strong', {}, findingTitle(finding)),
    element('span', { class: 'position' }, t('Step {0}', formatCount(step))),
    ...(recoveredAt === undefined
      ? []
      : [element('span', { class: 'recovery' }, t('Recovered at step {0}', formatCount(recoveredAt)))]),
    element('span', { class: 'finding-message' }, findingMessage(finding)),
  ];
  const state = recoveredAt === undefined ? severity : 'recovered';
  if (explanation === undefined && changes.length === 0 && Object.keys(evidence).length === 0)
    return element('li', { class: state }, ...told);
  return element(
    'li',
    { class: state },
    element(
      'details',
      {},
      element('summary', {}, ...told),
      ...(explanation === undefined ? [] : [element('p', {}, explanation)]),
      evidenceList(evidence),
      ...(changes.length === 0 ? [] : [changesList(changes, config, onApply)]),
    ),
  );
}

/** The change most likely to help comes first. */
function changesList(
  changes: readonly FindingChange[],
  config: unknown,
  onApply: (change: number) => void,
): HTMLElement {
  return element(
    'section',
    { 'aria-label': t('Suggested changes') },
    element('h4', {}, t('Suggested changes')),
    element('p', { class: 'note' }, t('Applying a change starts a new run from a checkpoint you choose.')),
    element(
      'ul',
      { class: 'finding-changes' },
      ...changes.map((change, index) => changeRow(change, index === 0, config, () => onApply(index))),
    ),
  );
}

function changeRow(
  change: FindingChange,
  isRecommended: boolean,
  config: unknown,
  onApply: () => void,
): HTMLElement {
  const title = changeTitle(change);
  // Names the change for screen readers too.
  const label = t('Apply: {0}', title);
  const apply = element('vscode-button', { secondary: !isRecommended, 'aria-label': label }, t('Apply…'));
  apply.addEventListener('click', onApply);
  const differences = changedKeys(config, change).map(({ key, before, after }) =>
    element(
      'div',
      { class: 'difference' },
      element('code', {}, key),
      element('del', {}, before),
      element('span', { 'aria-label': t('becomes') }, '→'),
      element('ins', {}, after),
    ),
  );
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'change' },
      element(
        'span',
        {},
        title,
        ...(isRecommended ? [element('span', { class: 'tag' }, t('Recommended'))] : []),
      ),
      ...differences,
    ),
    apply,
  );
}

/** The numbers on which the finding is based. */
function evidenceList(evidence: FindingRecord['evidence']): HTMLElement {
  const pairs = Object.entries(evidence).map(([name, value]) =>
    element('div', {}, element('dt', {}, evidenceTitle(name)), element('dd', {}, formatValue(value))),
  );
  return element('dl', { class: 'finding-evidence' }, ...pairs);
}
