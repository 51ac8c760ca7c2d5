/** The newest samples of the best trials, side by side. */
import type { RunThumbnail } from '../../src/shared/runs-table-protocol';
import { element, iconButton } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { type Model, type Row, ranked } from './model';
import { comparedText } from './texts-of-trial';
import type { Shown, View, ViewActions } from './view';

const MOST = 6;
/** Settings below this decide which latents the samples are made from. */
const LATENTS = /^latent\b/;

interface Picture {
  readonly step: number;
  readonly address: string;
}

export class BestSamples implements View {
  readonly root: HTMLElement;
  readonly #actions: ViewActions;
  readonly #onNeed: (folders: readonly string[]) => void;
  readonly #cards = element('div', { class: 'samples' });
  readonly #note = element('span', { class: 'note' });
  readonly #pictures = new Map<string, Picture>();
  #needed: readonly string[] = [];
  #shown: Shown | undefined;
  /** What the cards were made from. */
  #look = '';

  /** @param onNeed is called when other runs are shown, with their folders */
  constructor(actions: ViewActions, onNeed: (folders: readonly string[]) => void) {
    this.#actions = actions;
    this.#onNeed = onNeed;
    this.root = element(
      'section',
      { class: 'wide' },
      element(
        'div',
        { class: 'section-head' },
        element('h2', {}, t('Samples of the best trials')),
        this.#note,
      ),
      this.#cards,
    );
  }

  receive(folder: string, { step, png }: RunThumbnail): void {
    const before = this.#pictures.get(folder);
    if (before !== undefined) URL.revokeObjectURL(before.address);
    const address = URL.createObjectURL(new Blob([new Uint8Array(png)], { type: 'image/png' }));
    this.#pictures.set(folder, { step, address });
    if (this.#shown !== undefined) this.#draw(this.#shown);
  }

  /** The page has connected anew: the host has to be asked again. */
  restart(): void {
    this.#needed = [];
  }

  show(shown: Shown): void {
    this.showChosen(shown);
  }

  showChosen(shown: Shown): void {
    this.#shown = shown;
    const folders = best(shown).flatMap(({ trial }) => trial.runs[0]?.folder ?? []);
    if (folders.join('\n') !== this.#needed.join('\n')) {
      this.#needed = folders;
      this.#onNeed(folders);
    }
    this.#draw(shown);
  }

  showPointed(shown: Shown): void {
    this.#shown = shown;
    const { pointed } = shown;
    for (const card of this.#cards.querySelectorAll<HTMLElement>('.sample'))
      card.classList.toggle('pointed', card.dataset.trial === String(pointed));
  }

  #draw(shown: Shown): void {
    const rows = best(shown);
    const focused = document.activeElement;
    const key =
      focused instanceof HTMLElement && this.#cards.contains(focused) ? focused.dataset.key : undefined;
    const look = JSON.stringify(rows.map((row) => this.#lookOf(row, shown.model)));
    if (look === this.#look) return;
    this.#look = look;
    this.root.hidden = rows.length === 0;
    this.#note.textContent = latentsText(shown.model, rows);
    this.#cards.replaceChildren(...rows.map((row) => this.#card(row, shown.model)));
    this.showPointed(shown);
    if (key !== undefined) this.#cards.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  #lookOf(row: Row, model: Model): readonly unknown[] {
    const { trial } = row;
    const picture = this.#pictures.get(trial.runs[0]?.folder ?? '');
    return [trial.trial, trial.values, comparedText(row, model), picture?.address];
  }

  #card(row: Row, model: Model): HTMLElement {
    const { trial } = row;
    const picture = this.#pictures.get(trial.runs[0]?.folder ?? '');
    const title = t('Trial {0}', trial.trial);
    const open = element(
      'button',
      {
        class: 'sample-open',
        'data-key': `sample ${trial.trial}`,
        title: t('Open the dashboard of this run'),
      },
      picture === undefined
        ? element('span', { class: 'sample-none note' }, t('No samples yet'))
        : element('img', {
            src: picture.address,
            alt: t('Samples of trial {0} at step {1}', trial.trial, formatCount(picture.step)),
          }),
    );
    open.addEventListener('click', () => this.#actions.open(row));
    const start = iconButton('new-file', t('Start from This Configuration'), () =>
      this.#actions.startFrom(row),
    );
    start.dataset.key = `start sample ${trial.trial}`;
    const card = element(
      'figure',
      { class: 'sample', 'data-trial': String(trial.trial) },
      open,
      element(
        'figcaption',
        {},
        element(
          'div',
          {},
          element('strong', {}, title),
          element('div', {}, comparedText(row, model)),
          ...(picture === undefined
            ? []
            : [element('div', { class: 'note' }, t('Step {0}', formatCount(picture.step)))]),
        ),
        start,
      ),
    );
    card.addEventListener('pointerenter', () => this.#actions.point(row));
    card.addEventListener('pointerleave', () => this.#actions.point(undefined));
    return card;
  }
}

function best({ model, chosen }: Shown): Row[] {
  const rows = model.rows.filter(({ trial, shown }) => chosen.has(trial.trial) && shown !== undefined);
  return ranked(rows, model.sweep.objective.better).slice(0, MOST);
}

/** Runs with the same seed and the same latents begin with the same fixed ones. */
function latentsText({ sweep }: Model, rows: readonly Row[]): string {
  const differing = sweep.parameters.flatMap(({ key }, index) => {
    const values = new Set(rows.map(({ trial }) => JSON.stringify(trial.values[index])));
    return LATENTS.test(key) && values.size > 1 ? [key] : [];
  });
  return differing.length === 0
    ? t('From the same latents, at the same places')
    : t('From different latents, because {0} differs', differing.join(', '));
}
