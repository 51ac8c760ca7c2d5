/** The training images most similar to the sample: shows memorised examples next to their originals. */
import type { FromExplorer } from '../../src/shared/explorer-protocol';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { drawTile, tileAt } from './tiles';

export class Neighbours {
  readonly root: HTMLElement;
  readonly #tiles = element('div', { class: 'neighbours' });
  readonly #note = element('p', { class: 'note' }, t('Reading training images…'));

  constructor() {
    this.root = element(
      'section',
      { class: 'nearest' },
      element('h2', {}, t('Nearest training images')),
      this.#tiles,
      this.#note,
    );
  }

  show({ tiles, neighbours, looked, total }: Extract<FromExplorer, { readonly type: 'neighbours' }>): void {
    const shown = neighbours.map(({ index, distance }, i) => {
      const canvas = element('canvas', {
        role: 'img',
        'aria-label': t('Training image {0}, distance {1}', formatCount(index), distance.toFixed(3)),
        title: t('Training image {0}', formatCount(index)),
      });
      drawTile(canvas, tileAt(tiles, i));
      return element('figure', {}, canvas, element('figcaption', { class: 'note' }, distance.toFixed(2)));
    });
    this.#tiles.replaceChildren(...shown);
    const among =
      looked < total
        ? t('searched {0} of {1} images, evenly spaced', formatCount(looked), formatCount(total))
        : t('searched all {0} images', formatCount(total));
    this.#note.textContent = t('Distance: root mean square difference of pixels (−1 to 1); {0}.', among);
  }

  showProgress(done: number, total: number): void {
    this.#note.textContent = t('Reading training images: {0} of {1}', formatCount(done), formatCount(total));
  }

  showReason(reason: string): void {
    this.#tiles.replaceChildren();
    this.#note.textContent = reason;
  }
}
