/** Shows one sample: a picture, points, or why there is none. */
import type { SampleContent } from '../../src/shared/dashboard-protocol';
import { element, icon } from '../dom';
import { drawPoints, type Points } from './points';

export class SampleViewer {
  readonly root = element('div', { class: 'sample' });
  readonly #canvas = element('canvas', { role: 'img' });
  readonly #image = element('img', {});
  #points: Points | undefined;
  #address: string | undefined;

  constructor() {
    new ResizeObserver(() => this.redraw()).observe(this.root);
  }

  show(step: string, content: SampleContent): void {
    const outdated = this.#address;
    this.#address = undefined;
    this.#points = undefined;
    switch (content.kind) {
      case 'points':
        this.#points = content;
        this.#canvas.setAttribute('aria-label', `Real and generated points at step ${step}`);
        if (this.#canvas.parentNode !== this.root) this.root.replaceChildren(this.#canvas);
        this.redraw();
        break;
      case 'image':
        this.#address = URL.createObjectURL(new Blob([Uint8Array.from(content.png)], { type: 'image/png' }));
        this.#image.src = this.#address;
        this.#image.alt = `Generated images at step ${step}`;
        if (this.#image.parentNode !== this.root) this.root.replaceChildren(this.#image);
        break;
      case 'unreadable':
        this.root.replaceChildren(
          element(
            'div',
            { class: 'empty' },
            icon('warning empty-icon'),
            element('p', {}, `The sample of step ${step} cannot be shown. ${content.problem}`),
          ),
        );
    }
    if (outdated !== undefined) URL.revokeObjectURL(outdated);
  }

  redraw(): void {
    const side = Math.round(this.root.clientWidth * devicePixelRatio);
    if (this.#points === undefined || side === 0) return;
    if (this.#canvas.width !== side) {
      this.#canvas.width = side;
      this.#canvas.height = side;
    }
    drawPoints(this.#canvas, this.#points);
  }
}
