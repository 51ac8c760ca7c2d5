/** The resolved experiment with every default written out, one table for each of its parts. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-collapsible/index.js';
import './config.css';
import { flatten, isGroup } from '../../src/shared/config-rows';
import { provenanceRows } from '../../src/shared/provenance';
import type { RunRecord } from '../../src/shared/run-format';
import { element } from '../shared/dom';
import { localized, t } from '../shared/texts';
import { applicable } from './applicable-config';
import { send } from './host';
import type { Receivers, Section } from './section';

type Row = readonly [title: string, text: string];

function tableOf(title: string, rows: readonly Row[]): readonly HTMLElement[] {
  const shownRows = rows.map(([name, text]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, text)),
  );
  return [element('h3', {}, title), element('table', {}, element('tbody', {}, ...shownRows))];
}

function group(title: string, value: unknown): HTMLElement {
  return element('div', { class: 'config-group' }, ...tableOf(title, flatten(value, '')));
}

/** A group for each part in a list of named ones, such as regularisers. */
function groupsOf(title: string, value: unknown): HTMLElement[] {
  if (!Array.isArray(value) || !value.every((part) => isGroup(part) && 'name' in part))
    return [group(title, value)];
  return value.map((part, index) => group(value.length === 1 ? title : `${title} ${index + 1}`, part));
}

export class Configuration implements Section {
  readonly root = element('div');
  readonly receives: Receivers = {
    run: ({ record }) => {
      this.#record = record;
      this.#showProvenance(record);
    },
    config: ({ config }) =>
      this.root.replaceChildren(tables(applicable(config, this.#record ?? {}), this.#provenance)),
  };
  #record: RunRecord | undefined;
  readonly #provenance = element('div', { class: 'config-group' });

  /** Records arrive every second; text that somebody is selecting stays. */
  #showProvenance(record: RunRecord): void {
    const rows = provenanceRows(record).map(({ title, value }): Row => [localized(title), localized(value)]);
    const made = tableOf(t('provenance'), rows);
    if (made.some((child, index) => child.textContent !== this.#provenance.children[index]?.textContent))
      this.#provenance.replaceChildren(...made);
  }
}

function tables(config: unknown, provenance: HTMLElement): HTMLElement {
  const entries = isGroup(config) ? Object.entries(config) : [];
  const isPart = (value: unknown): boolean => isGroup(value) || Array.isArray(value);
  const general = Object.fromEntries(entries.filter(([, value]) => !isPart(value)));
  const parts = entries.filter(
    ([, value]) => isPart(value) && flatten(value, '').some(([, text]) => text !== '[]'),
  );
  const open = element('vscode-button', { secondary: true, icon: 'go-to-file' }, t('Open config.json'));
  open.addEventListener('click', () => send({ type: 'openConfig', run: 0 }));
  return element(
    'vscode-collapsible',
    { heading: t('Configuration'), class: 'config' },
    element(
      'div',
      { class: 'config-groups' },
      ...(Object.keys(general).length === 0 ? [] : [group(t('general'), general)]),
      ...parts.flatMap(([title, value]) => groupsOf(title, value)),
      provenance,
    ),
    element('div', { class: 'config-actions' }, open),
  );
}
