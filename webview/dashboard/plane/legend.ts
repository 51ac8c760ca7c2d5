/** The legend of the plane, whose entries show and hide its layers. */
import './plane.css';
import type { PointSample } from '../../../src/shared/point-sample';
import { element } from '../../shared/dom';
import { t } from '../../shared/texts';
import { layerLook } from './layer-looks';
import { PLANE_LAYERS, type PlaneLayer } from './layers';
import { shownLayers } from './shown-layers';

export class PlaneLegend {
  readonly root = element('div', { class: 'plane-legend', role: 'group', 'aria-label': t('Layers') });
  readonly #note = element('p', { class: 'note', hidden: true });
  readonly #buttons: ReadonlyMap<PlaneLayer, HTMLButtonElement>;

  constructor() {
    this.#buttons = new Map(
      PLANE_LAYERS.map((layer) => {
        const { title, explanation, colour } = layerLook(layer);
        const sign = element('span', { class: `layer-sign ${layer}`, 'aria-hidden': 'true' });
        sign.style.setProperty('--layer', `var(${colour})`);
        const button = element('button', { class: 'layer', title: explanation }, sign, title);
        button.addEventListener('click', () => shownLayers.toggle(layer));
        return [layer, button];
      }),
    );
    this.root.append(...this.#buttons.values(), this.#note);
    shownLayers.listen(() => this.#showPressed());
    this.#showPressed();
  }

  /** Offers the layers that the sample has. */
  describe({ descent, manifold }: PointSample): void {
    const missing: readonly PlaneLayer[] = [
      ...(descent === undefined ? (['gradients'] as const) : []),
      ...(manifold === undefined ? (['manifold'] as const) : []),
    ];
    for (const [layer, button] of this.#buttons) button.hidden = missing.includes(layer);
    const { latentSize = 0 } = manifold ?? {};
    this.#note.textContent = t(
      'The latents have {0} dimensions: the manifold is a slice in which the first two vary and the others are 0.',
      latentSize,
    );
    this.#note.hidden = latentSize <= 2 || !shownLayers.visible.has('manifold');
  }

  #showPressed(): void {
    for (const [layer, button] of this.#buttons)
      button.setAttribute('aria-pressed', String(shownLayers.visible.has(layer)));
  }
}
