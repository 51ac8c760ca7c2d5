/**
 * Explains the letters next to scores, and that values of different protocols are not comparable. Protocols that read
 * the same differ in their letters or scores; their hashes are in the tooltips.
 */
import type { RunRow } from '../../src/shared/runs-table-protocol';
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { protocolLooks } from './protocol-looks';

/** Empty if there are no scores. */
export function protocolList(rows: readonly RunRow[]): readonly HTMLElement[] {
  const looks = protocolLooks(rows);
  if (looks.length === 0) return [];
  const items = looks.map(({ mark, protocol, caption, scores }) =>
    element(
      'li',
      { title: protocol },
      element('strong', {}, mark === '' ? caption : `${mark}: ${caption}`),
      ` – ${scores.join(', ')}`,
    ),
  );
  return [
    element('h2', {}, t('Protocols')),
    element('p', { class: 'note' }, t('Scores are ranked only within one protocol.')),
    element('ul', {}, ...items),
  ];
}
