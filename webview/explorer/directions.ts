/** Moves the sample along directions of latent space: one slider for each, and a pad for two directions at once. */
import type { ExplorerFacts } from '../../src/shared/explorer-protocol';
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { choice, type Slider, slider } from './controls';
import { Pad } from './pad';

/** In standard deviations of the prior. */
const RANGE = 6;

export class Directions {
  readonly root: HTMLElement;
  readonly #onChange: (offsets: readonly number[]) => void;
  readonly #sliders: readonly Slider[];
  readonly #pad: Pad;
  #offsets: readonly number[];
  /** Directions controlled by the pad. */
  #axes: readonly [number, number] = [0, 1];

  constructor({ directions, directionsFrom }: ExplorerFacts, onChange: (offsets: readonly number[]) => void) {
    this.#onChange = onChange;
    this.#offsets = new Array<number>(directions).fill(0);
    const names = Array.from({ length: directions }, (_, k) => t('Direction {0}', k + 1));
    this.#sliders = names.map((name, k) =>
      slider(
        name,
        { min: -RANGE, max: RANGE, step: 0.1 },
        (value) => `${value > 0 ? '+' : ''}${value.toFixed(1)} σ`,
        (value) => this.#set({ [k]: value }),
      ),
    );
    this.#pad = new Pad(RANGE, (x, y) => {
      const [across, up] = this.#axes;
      this.#set({ [across]: x, [up]: y });
    });
    const reset = element('button', { class: 'link' }, t('Reset'));
    reset.addEventListener('click', () => this.#onChange(this.#offsets.map(() => 0)));
    const options = names.map((text, k) => ({ value: String(k), text }));
    const axis = (label: string, place: 0 | 1): HTMLElement =>
      element(
        'label',
        { class: 'axis' },
        element('span', { class: 'slider-name' }, label),
        choice(label, options, String(this.#axes[place]), (value) => {
          const [across, up] = this.#axes;
          this.#axes = place === 0 ? [Number(value), up] : [across, Number(value)];
          this.show(this.#offsets);
        }),
      );
    this.root = element(
      'section',
      { class: 'directions' },
      element('div', { class: 'section-head' }, element('h2', {}, t('Directions')), reset),
      element(
        'p',
        { class: 'note' },
        directionsFrom === 'weights'
          ? t(
              'Directions of greatest change, from the weights of the generator’s first layer (Shen & Zhou 2021), strongest first.',
            )
          : t(
              'The first coordinates of the latent. This generator does not start with a linear layer, so its weights give no directions.',
            ),
      ),
      element(
        'div',
        { class: 'moves' },
        element(
          'div',
          { class: 'pad-frame' },
          this.#pad.root,
          // With fewer than three directions there is nothing to choose.
          ...(directions < 3 ? [] : [axis(t('Horizontal'), 0), axis(t('Vertical'), 1)]),
        ),
        element('div', { class: 'sliders' }, ...this.#sliders.map(({ root }) => root)),
      ),
    );
    this.#pad.root.hidden = directions < 2;
  }

  show(offsets: readonly number[]): void {
    this.#offsets = this.#sliders.map((_, k) => offsets[k] ?? 0);
    for (const [k, one] of this.#sliders.entries()) one.show(this.#offsets[k] ?? 0);
    const [across, up] = this.#axes;
    this.#pad.show(this.#offsets[across] ?? 0, this.#offsets[up] ?? 0);
  }

  #set(changes: Readonly<Record<number, number>>): void {
    this.#onChange(this.#offsets.map((offset, k) => changes[k] ?? offset));
  }
}
