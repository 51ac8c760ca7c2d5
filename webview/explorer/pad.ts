/** A square with a point that is moved by mouse or keys: controls two directions of latent space at once. */
import { element } from '../shared/dom';
import { t } from '../shared/texts';

/** Fractions of the whole range per key press, without and with Shift. */
const KEY_PART = 1 / 40;
const LARGE_KEY_PART = 1 / 8;

export class Pad {
  readonly root: HTMLElement;
  readonly #handle = element('span', { class: 'pad-handle' });
  readonly #range: number;
  readonly #onMove: (x: number, y: number) => void;
  #x = 0;
  #y = 0;

  /** Values are in [-range, range] on both axes. */
  constructor(range: number, onMove: (x: number, y: number) => void) {
    this.#range = range;
    this.#onMove = onMove;
    this.root = element(
      'div',
      {
        class: 'pad',
        tabindex: '0',
        role: 'application',
        'aria-label': t('Adjust two directions. Arrow keys move, Shift+arrow moves further, Home resets.'),
      },
      element('span', { class: 'pad-axis horizontal' }),
      element('span', { class: 'pad-axis vertical' }),
      this.#handle,
    );
    this.root.addEventListener('pointerdown', (event) => {
      this.root.setPointerCapture(event.pointerId);
      this.#follow(event);
    });
    this.root.addEventListener('pointermove', (event) => {
      if (this.root.hasPointerCapture(event.pointerId)) this.#follow(event);
    });
    this.root.addEventListener('keydown', (event) => this.#key(event));
  }

  show(x: number, y: number): void {
    this.#x = x;
    this.#y = y;
    const percent = (value: number): string => `${50 + (50 * value) / this.#range}%`;
    this.#handle.style.left = percent(x);
    this.#handle.style.top = percent(-y);
  }

  #follow({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.root.getBoundingClientRect();
    this.#go(
      (((clientX - left) / width) * 2 - 1) * this.#range,
      (1 - ((clientY - top) / height) * 2) * this.#range,
    );
  }

  #key(event: KeyboardEvent): void {
    const step = (event.shiftKey ? LARGE_KEY_PART : KEY_PART) * 2 * this.#range;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [this.#x - step, this.#y],
      ArrowRight: [this.#x + step, this.#y],
      ArrowUp: [this.#x, this.#y + step],
      ArrowDown: [this.#x, this.#y - step],
      Home: [0, 0],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.#go(...move);
  }

  #go(x: number, y: number): void {
    const held = (value: number): number => Math.max(-this.#range, Math.min(this.#range, value));
    this.#onMove(held(x), held(y));
  }
}
