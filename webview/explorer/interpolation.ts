/** Interpolation between two drawn latents: its ends, the position of the sample, and the frames along it. */
import { FRAMES, type LatentEnd, type LatentPlace, type Tiles } from '../../src/shared/explorer-protocol';
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { seedField, slider } from './controls';
import { drawTile, tileAt } from './tiles';

export class Interpolation {
  readonly root: HTMLElement;
  readonly #from: ReturnType<typeof seedField>;
  readonly #to: ReturnType<typeof seedField>;
  readonly #mix: ReturnType<typeof slider>;
  readonly #frames: readonly { readonly button: HTMLButtonElement; readonly canvas: HTMLCanvasElement }[];
  readonly #film: HTMLElement;

  constructor(onChange: (change: Partial<LatentPlace>) => void) {
    this.#from = seedField(t('Latent A'), (from) => onChange({ from }));
    this.#to = seedField(t('Latent B'), (to) => onChange({ to }));
    this.#mix = slider(
      t('A to B'),
      { min: 0, max: 1, step: 0.005 },
      (value) => `${Math.round(100 * value)}%`,
      (mix) => onChange({ mix }),
    );
    this.#frames = Array.from({ length: FRAMES }, (_, i) => {
      const mix = i / (FRAMES - 1);
      const canvas = element('canvas', {});
      const label = t('{0}% from A to B', Math.round(100 * mix));
      const button = element('button', { class: 'tile', title: label, 'aria-label': label }, canvas);
      button.addEventListener('click', () => onChange({ mix }));
      return { button, canvas };
    });
    this.#film = element('div', { class: 'film', hidden: true }, ...this.#frames.map(({ button }) => button));
    this.root = element(
      'section',
      { class: 'way' },
      element('h2', {}, t('Interpolation')),
      element('div', { class: 'ends' }, this.#from.root, this.#to.root),
      this.#mix.root,
      this.#film,
    );
  }

  show(from: LatentEnd, to: LatentEnd, mix: number): void {
    this.#from.show(from);
    this.#to.show(to);
    this.#mix.show(mix);
    const nearest = Math.round(mix * (FRAMES - 1));
    for (const [i, { button }] of this.#frames.entries())
      button.setAttribute('aria-pressed', String(i === nearest));
  }

  showFrames(tiles: Tiles): void {
    this.#film.hidden = false;
    for (const [i, { canvas }] of this.#frames.entries()) drawTile(canvas, tileAt(tiles, i));
  }
}
