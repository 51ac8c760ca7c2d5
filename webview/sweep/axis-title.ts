/** The title of an axis, by which it is moved: dragged, or with the arrow keys. */
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { type Axis, OBJECTIVE } from './axes';
import { moved } from './model';

interface Place {
  /** Of the axis, in CSS pixels. */
  readonly left: number;
  /** Between axes. */
  readonly gap: number;
  readonly index: number;
  /** Of all axes, left to right. */
  readonly keys: readonly string[];
  onMove(order: readonly string[]): void;
}

/** A press that moves less is no drag. */
const LEAST_DRAG_PX = 5;

export class AxisTitle {
  readonly root: HTMLElement;
  readonly #key: string;
  readonly #place: Place;
  #fromX: number | undefined;

  constructor({ key, title }: Axis, place: Place) {
    this.#key = key;
    this.#place = place;
    this.root = element(
      'button',
      {
        class: 'axis-title',
        'data-key': `title ${key}`,
        title: `${key === OBJECTIVE ? title : key}\n${t('Drag to another place, or move with the arrow keys')}`,
      },
      ...breakable(title),
    );
    this.root.style.left = `${place.left}px`;
    // The first begins at the edge; the others are centred over their axis.
    const room = place.index === 0 ? place.gap / 2 + 24 : place.gap;
    this.root.style.maxWidth = `${Math.max(48, room - 10)}px`;
    this.root.addEventListener('keydown', (event) => this.#press(event));
    this.root.addEventListener('pointerdown', (event) => this.#grab(event));
    this.root.addEventListener('pointermove', (event) => this.#drag(event));
    this.root.addEventListener('pointerup', (event) => this.#drop(event));
    this.root.addEventListener('pointercancel', () => this.#release());
  }

  #press(event: KeyboardEvent): void {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    this.#moveTo(this.#place.index + step);
  }

  #moveTo(index: number): void {
    const { keys, onMove } = this.#place;
    const to = Math.min(keys.length - 1, Math.max(0, index));
    if (to !== this.#place.index) onMove(moved(keys, this.#key, to));
  }

  #grab(event: PointerEvent): void {
    this.#fromX = event.clientX;
    this.root.setPointerCapture(event.pointerId);
  }

  #drag(event: PointerEvent): void {
    if (this.#fromX === undefined) return;
    const by = event.clientX - this.#fromX;
    this.root.classList.toggle('dragged', Math.abs(by) > LEAST_DRAG_PX);
    this.root.style.left = `${this.#place.left + by}px`;
  }

  #drop(event: PointerEvent): void {
    const by = event.clientX - (this.#fromX ?? event.clientX);
    this.#release();
    if (Math.abs(by) > LEAST_DRAG_PX) this.#moveTo(this.#place.index + Math.round(by / this.#place.gap));
  }

  #release(): void {
    this.#fromX = undefined;
    this.root.classList.remove('dragged');
    this.root.style.left = `${this.#place.left}px`;
  }
}

/** Long keys may break before a capital letter and after a dot. */
export function breakable(text: string): (string | HTMLElement)[] {
  return text
    .split(/(?<=\.)|(?=[A-Z])/)
    .flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part]));
}
