/** Samples that the user has kept side by side, to return to or to save as an image. */
import { type LatentPlace, MAX_CHOSEN, type Tiles } from '../../src/shared/explorer-protocol';
import { element, iconButton } from '../shared/dom';
import { t } from '../shared/texts';
import { drawTile, tileAt } from './tiles';

export interface ChosenEvents {
  onGo(place: LatentPlace): void;
  onChange(): void;
  /** Images of these places are needed. */
  onWanted(places: readonly LatentPlace[]): void;
  onExport(places: readonly LatentPlace[]): void;
  onAnimate(places: readonly LatentPlace[]): void;
}

interface Chosen {
  readonly place: LatentPlace;
  readonly canvas: HTMLCanvasElement;
}

export class ChosenSamples {
  readonly root: HTMLElement;
  readonly #events: ChosenEvents;
  readonly #tiles = element('div', { class: 'chosen' });
  readonly #empty = element('p', { class: 'note' }, t('Kept samples appear here.'));
  readonly #export = element('vscode-button', { secondary: true, icon: 'save' }, t('Export as PNG…'));
  readonly #animate = element('vscode-button', { secondary: true, icon: 'play' }, t('Save Animation…'));
  #chosen: readonly Chosen[];

  constructor(places: readonly LatentPlace[], events: ChosenEvents) {
    this.#events = events;
    this.#chosen = places.map(chosenOf);
    this.#export.addEventListener('click', () => events.onExport(this.places));
    this.#animate.addEventListener('click', () => events.onAnimate(this.places));
    this.root = element(
      'section',
      { class: 'chosen-samples' },
      element(
        'div',
        { class: 'section-head' },
        element('h2', {}, t('Kept samples')),
        this.#export,
        this.#animate,
      ),
      this.#empty,
      this.#tiles,
      element(
        'p',
        { class: 'note' },
        t(
          'The animation passes through the kept samples in turn or, if there are fewer than two, through the current sample and three random ones.',
        ),
      ),
    );
    this.#layOut();
  }

  get places(): readonly LatentPlace[] {
    return this.#chosen.map(({ place }) => place);
  }

  /** Returns false if there is no room for it. */
  add(place: LatentPlace): boolean {
    if (this.#chosen.length >= MAX_CHOSEN) return false;
    this.#chosen = [...this.#chosen, chosenOf(place)];
    this.#layOut();
    this.#events.onChange();
    this.ask();
    return true;
  }

  /** Requests images of all places from the loaded checkpoint. */
  ask(): void {
    if (this.#chosen.length > 0) this.#events.onWanted(this.places);
  }

  show(tiles: Tiles): void {
    // Samples have been added or removed since; the answer with their images is in flight.
    if (tiles.count !== this.#chosen.length) return;
    for (const [i, { canvas }] of this.#chosen.entries()) drawTile(canvas, tileAt(tiles, i));
  }

  #remove(removed: Chosen): void {
    this.#chosen = this.#chosen.filter((one) => one !== removed);
    this.#layOut();
    this.#events.onChange();
    this.ask();
  }

  #layOut(): void {
    this.#empty.hidden = this.#chosen.length > 0;
    this.#export.hidden = this.#chosen.length === 0;
    this.#tiles.replaceChildren(
      ...this.#chosen.map((one, i) => {
        const label = t('Go to kept sample {0}', i + 1);
        const go = element('button', { class: 'tile', title: label, 'aria-label': label }, one.canvas);
        go.addEventListener('click', () => this.#events.onGo(one.place));
        const remove = iconButton('close', t('Remove kept sample {0}', i + 1), () => this.#remove(one));
        return element('div', { class: 'chosen-one' }, go, remove);
      }),
    );
  }
}

function chosenOf(place: LatentPlace): Chosen {
  return { place, canvas: element('canvas', {}) };
}
