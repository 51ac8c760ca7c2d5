/**
 * A section of the dashboard: a part of the page that shows one aspect of its runs. `sections.ts` lists all of them; a
 * page creates those that belong to it, and delivers to each the news that it handles.
 */
import type { RunNews, RunNewsOf } from '../../src/shared/dashboard-protocol';
import type { RunLook } from './run-look';
import type { SectionLinks } from './section-links';

/** The dashboard of one run, or a comparison of several. */
export type PageKind = 'run' | 'comparison';

/**
 * The place of a section: the head, which stays visible while the page scrolls and takes one section of each page; above
 * the columns; in the columns; or below them. Sections in the same slot are in the order of the list.
 */
export type Slot = 'head' | 'above' | 'columns' | 'below';

/** Handlers of news; `run` is the index of the run on the page. */
export type Receivers = {
  readonly [Type in RunNews['type']]?: (news: RunNewsOf<Type>, run: number) => void;
};

export interface Section {
  /** Placed on the page once. An empty section hides its root or leaves it without content. */
  readonly root: HTMLElement;
  /** The kinds of news that it handles. They arrive in any order, but `run` before `config`, and may be repeated. */
  readonly receives: Receivers;
  /** Nothing may be trained or written in an untrusted workspace. Sections begin as in a trusted one. */
  setTrusted?(isTrusted: boolean): void;
  /** Called whenever the page becomes visible: only then do its elements have a size. */
  onVisible?(): void;
}

/** What a section is created with. It talks to the host by `send` of `host.ts`. */
export interface SectionContext {
  /** The runs of the page, named after their folders until a comparison finds better names. */
  readonly runs: readonly RunLook[];
  /** How sections of the same page reach each other. */
  readonly links: SectionLinks;
}

/** An entry of the list. */
export interface SectionEntry {
  readonly create: (context: SectionContext) => Section;
  readonly slot: Slot;
  readonly pages: readonly PageKind[];
}

/** Hands news about a run to the sections that handle them. */
export function deliver<Type extends RunNews['type']>(
  sections: readonly Pick<Section, 'receives'>[],
  type: Type,
  news: RunNewsOf<Type>,
  run: number,
): void {
  for (const { receives } of sections) receives[type]?.(news, run);
}
