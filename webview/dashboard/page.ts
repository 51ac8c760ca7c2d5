/** The dashboard of one run, or a comparison of several: its sections, and what stands for them while a run is read. */
import type { HostMessage, RunNews, RunNewsOf } from '../../src/shared/dashboard-protocol';
import { element, icon } from '../shared/dom';
import { t, translatedOr } from '../shared/texts';
import { followHeadHeight } from './head-height';
import { runLook } from './run-look';
import { deliver, type PageKind, type Section, type Slot } from './section';
import { makeLinks } from './section-links';
import { SECTIONS } from './sections';

interface PlacedSection {
  readonly section: Section;
  readonly slot: Slot;
}

export class DashboardPage {
  readonly #kind: PageKind;
  readonly #sections: readonly Section[];
  readonly #root: HTMLElement;
  readonly #page: HTMLElement;
  readonly #loading = element(
    'div',
    { class: 'whole-page', role: 'status' },
    icon('loading codicon-modifier-spin whole-page-icon'),
    element('p', {}, t('Reading the run…')),
  );
  readonly #damaged = element('div', { class: 'whole-page' });

  /** `names` are those of the runs' folders. */
  constructor(names: readonly string[]) {
    this.#kind = names.length === 1 ? 'run' : 'comparison';
    const context = { runs: names.map((name, run) => runLook(run, name)), links: makeLinks() };
    const placed = SECTIONS.filter(({ pages }) => pages.includes(this.#kind)).map(
      ({ create, slot }): PlacedSection => ({ section: create(context), slot }),
    );
    this.#sections = placed.map(({ section }) => section);
    this.#page = layOut(placed);
    this.#root = element('div', {}, this.#loading, this.#damaged, this.#page);
    // The rows of a comparison show the state of each run.
    this.#showOnly(this.#kind === 'run' ? this.#loading : this.#page);
  }

  /** Call once. */
  appendTo(parent: HTMLElement): void {
    parent.append(this.#root);
    if (!this.#page.hidden) this.#onVisible();
  }

  set isTrusted(isTrusted: boolean) {
    for (const section of this.#sections) section.setTrusted?.(isTrusted);
  }

  receive(message: Extract<HostMessage, RunNews>): void {
    deliver(this.#sections, message.type, message, message.run);
    if (this.#kind === 'comparison') return;
    if (message.type === 'damaged') this.#showDamage(message);
    else if (message.type === 'run' && this.#page.hidden) {
      this.#showOnly(this.#page);
      this.#onVisible();
    }
  }

  #onVisible(): void {
    for (const section of this.#sections) section.onVisible?.();
  }

  #showDamage({ said, problem }: RunNewsOf<'damaged'>): void {
    this.#damaged.replaceChildren(
      icon('warning whole-page-icon'),
      element('h1', {}, t('This run cannot be shown')),
      element('p', {}, translatedOr(said, problem)),
      element('p', { class: 'note' }, t('Checked again every few seconds.')),
    );
    this.#showOnly(this.#damaged);
  }

  #showOnly(shown: HTMLElement): void {
    for (const one of [this.#loading, this.#damaged, this.#page]) one.hidden = one !== shown;
  }
}

function layOut(placed: readonly PlacedSection[]): HTMLElement {
  const inSlot = (wanted: Slot): HTMLElement[] =>
    placed.flatMap(({ section, slot }) => (slot === wanted ? section.root : []));
  const heads = inSlot('head');
  for (const head of heads) followHeadHeight(head);
  return element(
    'div',
    { class: 'page' },
    ...heads,
    ...inSlot('above'),
    element('main', {}, ...inSlot('columns')),
    ...inSlot('below'),
  );
}
