/** A lesson: its text, with questions, experiments and pictures where the text has them, and its goals at the end. */
import type { LessonAnswers, ShownExperiment, ShownGoal } from '../../src/shared/course-protocol';
import { element, icon } from '../shared/dom';
import { localized, t } from '../shared/texts';
import { ExperimentCard } from './experiment-card';
import { send } from './host';
import { elementsOf } from './markdown';
import { showAnswers, showPredictions } from './questions';

const EXPERIMENT = /^([\w-]+)\.gan\.json$/;
const LESSON = /^\.\.\/((?:\d\d|lab-\d)-[\w-]+)\/(?:README[\w.-]*\.md)?$/;
const GOAL_ICONS = { met: 'pass-filled', unmet: 'circle-slash', waiting: 'circle-large-outline' } as const;

export class LessonView {
  readonly root = element('article', { class: 'lesson' });
  readonly #goals = element('ul', { class: 'goal-list' });
  readonly #report = element(
    'button',
    { class: 'link report', hidden: true },
    icon('file-text'),
    ` ${t('Report…')}`,
  );
  readonly #cards = new Map<string, ExperimentCard>();
  readonly #compare: { readonly button: HTMLElement; readonly names: readonly string[] }[] = [];
  readonly #pictures = new Map<string, HTMLImageElement[]>();
  readonly #addresses: string[] = [];

  constructor(text: string, { predictions, answers }: LessonAnswers) {
    this.root.append(...elementsOf(text));
    this.#placeExperiments();
    this.#placeLinks();
    this.#placePictures();
    showAnswers(this.root, answers);
    const open = showPredictions(this.root, predictions, () => this.#lock(false));
    this.#lock(open > 0);
    this.#report.title = t('Writes a page to hand in: your answers, the goals, and the newest runs.');
    this.#report.addEventListener('click', () => send({ type: 'report' }));
    this.root.append(
      element('section', { class: 'goals' }, element('h2', {}, t('Goals')), this.#goals, this.#report),
    );
  }

  dispose(): void {
    for (const address of this.#addresses) URL.revokeObjectURL(address);
  }

  showRuns(experiments: readonly ShownExperiment[], goals: readonly ShownGoal[]): void {
    for (const experiment of experiments) this.#cards.get(experiment.name)?.show(experiment);
    this.#report.hidden = experiments.every(({ run }) => run === undefined);
    for (const { button, names } of this.#compare) {
      const trained = experiments.filter(({ name, run }) => names.includes(name) && run !== undefined);
      button.hidden = trained.length < 2;
    }
    this.#goals.replaceChildren(
      ...goals.map(({ title, state, found }) =>
        element(
          'li',
          { class: `goal ${state}` },
          icon(GOAL_ICONS[state]),
          element(
            'div',
            {},
            element('p', {}, localized(title)),
            element('p', { class: 'note' }, localized(found)),
          ),
        ),
      ),
    );
  }

  showSample(experiment: string, step: number, png: Uint8Array<ArrayBuffer>): void {
    this.#cards.get(experiment)?.showSample(step, png);
  }

  showPicture(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    const address = URL.createObjectURL(new Blob([bytes]));
    this.#addresses.push(address);
    for (const picture of this.#pictures.get(name) ?? []) picture.src = address;
  }

  #lock(isLocked: boolean): void {
    for (const card of this.#cards.values()) card.isLocked = isLocked;
  }

  /** A paragraph of links to experiments becomes a row of cards. */
  #placeExperiments(): void {
    for (const paragraph of this.root.querySelectorAll('p')) {
      const links = [...paragraph.querySelectorAll('a')];
      const names = links.flatMap((link) => EXPERIMENT.exec(link.getAttribute('href') ?? '')?.[1] ?? []);
      const isAlone = links.map(({ textContent }) => textContent).join('').length;
      if (names.length === 0 || names.length !== links.length) continue;
      if ((paragraph.textContent ?? '').replaceAll(/[\s·,]/g, '').length > isAlone) continue;
      const cards = links.map((link, index) => this.#card(names[index] ?? '', link.textContent ?? ''));
      const row = element('div', { class: 'experiments' }, ...cards);
      paragraph.replaceWith(row);
      if (names.length < 2) continue;
      const button = element(
        'button',
        { class: 'link compare', hidden: true },
        icon('git-compare'),
        ` ${t('Compare')}`,
      );
      button.addEventListener('click', () => send({ type: 'compare', experiments: names }));
      this.#compare.push({ button, names });
      row.after(button);
    }
  }

  #card(name: string, title: string): HTMLElement {
    const card = new ExperimentCard(name, title);
    this.#cards.set(name, card);
    return card.root;
  }

  /** Other lessons open here; experiments within a sentence open in the editor. */
  #placeLinks(): void {
    for (const link of this.root.querySelectorAll('a')) {
      const address = link.getAttribute('href') ?? '';
      const lesson = LESSON.exec(address)?.[1];
      const experiment = EXPERIMENT.exec(address)?.[1];
      if (lesson === undefined && experiment === undefined) continue;
      link.href = '#';
      link.addEventListener('click', (event) => {
        event.preventDefault();
        if (lesson !== undefined) send({ type: 'open', lesson });
        else if (experiment !== undefined) send({ type: 'edit', experiment });
      });
    }
  }

  #placePictures(): void {
    for (const picture of this.root.querySelectorAll('img')) {
      const name = picture.getAttribute('src') ?? '';
      picture.removeAttribute('src');
      this.#pictures.set(name, [...(this.#pictures.get(name) ?? []), picture]);
    }
    for (const name of this.#pictures.keys()) send({ type: 'picture', name });
  }
}
