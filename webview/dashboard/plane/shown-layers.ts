/** Which layers the user sees, kept by VS Code. */
import { keep, keptPreferences } from '../host';
import type { PlaneLayer } from './layers';

class ShownLayers {
  #visible: ReadonlySet<PlaneLayer> = new Set(keptPreferences().planeLayers);
  readonly #listeners: (() => void)[] = [];

  get visible(): ReadonlySet<PlaneLayer> {
    return this.#visible;
  }

  toggle(layer: PlaneLayer): void {
    const next = new Set(this.#visible);
    if (!next.delete(layer)) next.add(layer);
    this.#visible = next;
    keep({ planeLayers: [...next] });
    for (const listener of this.#listeners) listener();
  }

  listen(listener: () => void): void {
    this.#listeners.push(listener);
  }
}

export const shownLayers = new ShownLayers();
