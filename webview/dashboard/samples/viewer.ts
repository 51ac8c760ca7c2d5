/** Shows one sample: an image, points, or the reason why there is none. */
import type { SampleContent } from '../../../src/shared/dashboard-protocol';
import { isGridInside, type SampleGrid } from '../../../src/shared/sample-grid';
import { element, icon } from '../../shared/dom';
import type { Points } from '../../shared/points';
import { t, translatedOr } from '../../shared/texts';
import { PlaneView } from '../plane/plane-view';
import { drawGrid, roleTitle } from './draw-grid';
import { drawPicture } from './enlarge';

/** In CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

export class SampleViewer {
  readonly root = element('div', { class: 'sample' });
  readonly canvas = element('canvas', { role: 'img' });
  readonly #room: () => Room;
  readonly #plane = new PlaneView(this.canvas);
  #points: Points | undefined;
  #picture: ImageBitmap | undefined;
  /** Layout stored in the image itself. */
  #grid: SampleGrid | undefined;
  /** The newest request: decoding is asynchronous and may finish out of order. */
  #wanted: SampleContent | undefined;

  /** `room` returns the maximum size of the sample. */
  constructor(room: (root: HTMLElement) => Room) {
    this.#room = () => room(this.root);
    new ResizeObserver(() => this.redraw()).observe(this.root);
  }

  /** `isLive`: one of many that arrive by themselves. */
  async show(step: string, content: SampleContent, isLive = false): Promise<void> {
    this.#wanted = content;
    const wasPoints = this.#points !== undefined;
    if (content.kind === 'unreadable') {
      this.#complain(step, translatedOr(content.said, content.problem));
      return;
    }
    if (content.kind === 'points') {
      this.#points = content;
      this.#picture = undefined;
      this.canvas.setAttribute('aria-label', t('Real and generated points at step {0}', step));
    } else {
      let picture: ImageBitmap;
      try {
        picture = await createImageBitmap(new Blob([Uint8Array.from(content.png)], { type: 'image/png' }));
      } catch {
        if (this.#wanted === content) this.#complain(step, t('The PNG file is incomplete or damaged.'));
        return;
      }
      if (this.#wanted !== content) return;
      this.#picture = picture;
      this.#grid =
        content.grid !== undefined && isGridInside(content.grid, picture) ? content.grid : undefined;
      this.#points = undefined;
      const heads = this.#grid?.roles.map(roleTitle).join(', ') ?? '';
      const name = t('Generated images at step {0}', step);
      this.canvas.setAttribute('aria-label', heads === '' ? name : `${name}: ${heads}`);
    }
    const isPlaced = this.canvas.parentNode === this.root;
    if (!isPlaced) this.root.replaceChildren(this.canvas);
    if (content.kind === 'points') this.#plane.show(content, isLive);
    if (!isPlaced || !wasPoints || content.kind !== 'points') this.redraw();
  }

  redraw(): void {
    const { width, height } = this.#room();
    if (width <= 0 || height <= 0) return;
    this.canvas.classList.toggle('plane', this.#points !== undefined);
    if (this.#picture !== undefined && this.#grid !== undefined) {
      drawGrid(this.canvas, this.#picture, this.#grid, { width, height });
    } else if (this.#picture !== undefined) {
      drawPicture(this.canvas, this.#picture, { width, height });
    } else if (this.#points !== undefined) {
      this.#plane.fit(Math.min(width, height));
    }
  }

  #complain(step: string, problem: string): void {
    this.#picture = undefined;
    this.#points = undefined;
    this.root.replaceChildren(
      element(
        'div',
        { class: 'empty' },
        icon('warning empty-icon'),
        element('p', {}, t('Cannot show the samples of step {0}. {1}', step, problem)),
      ),
    );
  }
}
