/** What the run's own diagnostics have found, the newest first. */
import type { FindingRecord } from '../src/shared/run-format';
import { element, icon } from './dom';
import { formatCount, formatValue } from './format';
import { t } from './texts';

const MOST_SHOWN = 20;

export function findingsList(findings: readonly FindingRecord[]): HTMLElement {
  const items = findings
    .slice(-MOST_SHOWN)
    .reverse()
    .map(({ severity, step, message, evidence }) => {
      const numbers = Object.entries(evidence).map(([name, value]) => `${name} ${formatValue(value)}`);
      return element(
        'li',
        { class: severity },
        icon(severity),
        element('span', { class: 'position' }, t('Step {0}', formatCount(step))),
        element('span', {}, message),
        element('span', { class: 'note' }, numbers.join(', ')),
      );
    });
  return element('ul', { class: 'findings', tabindex: '0', 'aria-label': t('Findings') }, ...items);
}
