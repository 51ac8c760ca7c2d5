/** What stands behind the marks of scores, and that values of different protocols say nothing of each other. */
import type { RunRow } from '../../src/shared/runs-table-protocol';
import { element } from '../dom';
import { t } from '../texts';
import { markOf } from './cells';
import { protocolsOf, scoreColumns } from './order';

interface Entry {
  readonly mark: string;
  readonly protocol: string;
  readonly scores: string[];
}

/** Nothing where there are no scores. */
export function protocolList(rows: readonly RunRow[]): readonly HTMLElement[] {
  const entries = new Map<string, Entry>();
  for (const { name, title } of scoreColumns(rows))
    for (const protocol of protocolsOf(rows, name)) {
      const mark = markOf(rows, name, protocol);
      const entry = entries.get(mark + protocol) ?? { mark, protocol, scores: [] };
      entry.scores.push(title);
      entries.set(mark + protocol, entry);
    }
  if (entries.size === 0) return [];
  const items = [...entries.values()].map(({ mark, protocol, scores }) =>
    element(
      'li',
      {},
      element('strong', {}, mark === '' ? protocol : `${mark}: ${protocol}`),
      ` – ${scores.join(', ')}`,
    ),
  );
  return [
    element('h2', {}, t('Protocols')),
    element('p', { class: 'note' }, t('Scores are ranked only within one protocol.')),
    element('ul', {}, ...items),
  ];
}
