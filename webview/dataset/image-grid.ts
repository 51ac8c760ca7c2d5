/**
 * A virtual grid of all images of a part, however many: only the visible rows are drawn, into a single canvas, and only
 * their images are requested from the host.
 */
import type { DatasetPart, FromDataset } from '../../src/shared/dataset-protocol';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';

type Images = Extract<FromDataset, { readonly type: 'images' }>;

interface Tile {
  readonly image: ImageData;
  readonly label: number | undefined;
}

/** Number of tiles per request. */
const CHUNK = 64;
/** Maximum number of cached tiles; those furthest from view are evicted first. */
const MAX_KEPT = 4096;
/** Tiles are enlarged by an integer factor to about this many pixels. */
const WANTED_HEIGHT = 72;
const GAP = 4;
const MAX_FURTHER_GAP = 12;
/** Browsers limit the height of scrollable content. */
const MAX_PIXELS = 16_000_000;

export interface GridEvents {
  ask(part: DatasetPart, start: number, count: number): void;
}

export class ImageGrid {
  readonly root: HTMLElement;
  readonly #events: GridEvents;
  readonly #canvas = element('canvas', {});
  readonly #spacer = element('div', { class: 'grid-spacer' });
  readonly #readOut = element('p', { class: 'note position', 'aria-live': 'polite' });
  readonly #scroller: HTMLElement;
  readonly #scratch = document.createElement('canvas');
  readonly #tiles = new Map<number, Tile>();
  readonly #asked = new Set<number>();
  #part: DatasetPart = 'train';
  #count = 0;
  #classes: readonly string[] = [];
  #tile = { width: 1, height: 1, scale: 1 };
  #selected: number | undefined;
  #isDrawing = false;

  constructor(events: GridEvents) {
    this.#events = events;
    this.#scroller = element(
      'div',
      {
        class: 'grid-scroller',
        tabindex: '0',
        role: 'group',
        'aria-label': t('Images as the network sees them'),
      },
      this.#canvas,
      this.#spacer,
    );
    this.root = element('div', { class: 'grid' }, this.#scroller, this.#readOut);
    this.#scroller.addEventListener('scroll', () => this.#drawSoon());
    this.#canvas.addEventListener('mousemove', (event) => this.#pointAt(event));
    new ResizeObserver(() => this.#layOut()).observe(this.#scroller);
  }

  /** @param size of a tile in image pixels */
  show(
    part: DatasetPart,
    count: number,
    size: { readonly width: number; readonly height: number },
    classes: readonly string[],
  ): void {
    this.#part = part;
    this.#count = count;
    this.#classes = classes;
    this.#tile = { ...size, scale: Math.max(1, Math.round(WANTED_HEIGHT / size.height)) };
    this.#tiles.clear();
    this.#asked.clear();
    this.#selected = undefined;
    this.#scroller.scrollTop = 0;
    this.#readOut.textContent = '';
    this.#layOut();
  }

  receive({ part, start, count, width, height, pixels, labels }: Images): void {
    if (part !== this.#part) return;
    const size = width * height * 4;
    for (let i = 0; i < count; i++) {
      const bytes = new Uint8ClampedArray(pixels.subarray(i * size, (i + 1) * size));
      this.#tiles.set(start + i, { image: new ImageData(bytes, width, height), label: labels[i] });
    }
    this.#forget();
    this.#drawSoon();
  }

  /** Scrolls to an example and marks it. */
  select(index: number, name: string | undefined): void {
    this.#selected = index;
    const row = Math.floor(index / this.#columns);
    this.#scroller.scrollTop = Math.max(
      0,
      row * this.#rowHeight * this.#squeeze - this.#scroller.clientHeight / 3,
    );
    this.#tellAbout(index, name);
    this.#drawSoon();
  }

  get #cellWidth(): number {
    return this.#tile.width * this.#tile.scale + GAP;
  }

  /** Distance from one column to the next: leftover width goes between the tiles, as long as they still form a grid. */
  get #columnPitch(): number {
    const whole = Math.floor((this.#scroller.clientWidth - GAP) / this.#columns);
    return this.#count < this.#columns ? this.#cellWidth : Math.min(whole, this.#cellWidth + MAX_FURTHER_GAP);
  }

  get #rowHeight(): number {
    return this.#tile.height * this.#tile.scale + GAP;
  }

  get #columns(): number {
    return Math.max(1, Math.floor((this.#scroller.clientWidth - GAP) / this.#cellWidth));
  }

  get #fullHeight(): number {
    return Math.ceil(this.#count / this.#columns) * this.#rowHeight + GAP;
  }

  /** If the rows exceed the browser's scroll height, a pixel of scrolling is more than one of the grid. */
  get #squeeze(): number {
    return Math.min(1, MAX_PIXELS / this.#fullHeight);
  }

  #layOut(): void {
    // A few images take no more room than they need.
    this.#scroller.style.setProperty('--full-height', `${Math.min(MAX_PIXELS, this.#fullHeight)}px`);
    const { clientWidth, clientHeight } = this.#scroller;
    const ratio = window.devicePixelRatio;
    this.#canvas.width = Math.max(1, Math.round(clientWidth * ratio));
    this.#canvas.height = Math.max(1, Math.round(clientHeight * ratio));
    this.#canvas.style.width = `${clientWidth}px`;
    this.#canvas.style.height = `${clientHeight}px`;
    this.#spacer.style.height = `${Math.max(0, Math.round(this.#fullHeight * this.#squeeze) - clientHeight)}px`;
    this.#drawSoon();
  }

  #drawSoon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#draw();
    });
  }

  get #top(): number {
    return this.#scroller.scrollTop / this.#squeeze;
  }

  #draw(): void {
    const context = this.#canvas.getContext('2d');
    const scratch = this.#scratch.getContext('2d');
    if (context === null || scratch === null || this.#count === 0) return;
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.imageSmoothingEnabled = false;
    const look = getComputedStyle(this.#scroller);
    this.#scratch.width = this.#tile.width;
    this.#scratch.height = this.#tile.height;
    const { first, last } = this.#inSight();
    for (let index = first; index <= last; index++) {
      const [x, y] = this.#placeOf(index);
      const [width, height] = [this.#cellWidth - GAP, this.#rowHeight - GAP];
      const tile = this.#tiles.get(index);
      if (tile === undefined) {
        context.fillStyle = look.getPropertyValue('--placeholder');
        context.fillRect(x, y, width, height);
      } else {
        scratch.putImageData(tile.image, 0, 0);
        context.drawImage(this.#scratch, x, y, width, height);
      }
      if (index === this.#selected) {
        context.strokeStyle = look.getPropertyValue('--mark');
        context.lineWidth = 2;
        context.strokeRect(x - 1, y - 1, width + 2, height + 2);
      }
    }
    this.#ask(first, last);
  }

  #inSight(): { first: number; last: number } {
    const firstRow = Math.max(0, Math.floor(this.#top / this.#rowHeight));
    const lastRow = Math.floor((this.#top + this.#scroller.clientHeight) / this.#rowHeight);
    return {
      first: firstRow * this.#columns,
      last: Math.min(this.#count - 1, (lastRow + 1) * this.#columns - 1),
    };
  }

  #placeOf(index: number): [number, number] {
    const [column, row] = [index % this.#columns, Math.floor(index / this.#columns)];
    return [GAP + column * this.#columnPitch, GAP + row * this.#rowHeight - this.#top];
  }

  #ask(first: number, last: number): void {
    for (let start = first - (first % CHUNK); start <= last; start += CHUNK) {
      if (this.#asked.has(start)) continue;
      this.#asked.add(start);
      this.#events.ask(this.#part, start, Math.min(CHUNK, this.#count - start));
    }
  }

  #forget(): void {
    if (this.#tiles.size <= MAX_KEPT) return;
    const { first, last } = this.#inSight();
    for (const start of [...this.#asked]) {
      if (start + 16 * CHUNK >= first && start <= last + 16 * CHUNK) continue;
      this.#asked.delete(start);
      for (let index = start; index < start + CHUNK; index++) this.#tiles.delete(index);
    }
  }

  #pointAt({ offsetX, offsetY }: MouseEvent): void {
    const column = Math.floor((offsetX - GAP) / this.#columnPitch);
    const row = Math.floor((offsetY + this.#top - GAP) / this.#rowHeight);
    const index = row * this.#columns + column;
    if (column >= 0 && column < this.#columns && index >= 0 && index < this.#count)
      this.#tellAbout(index, undefined);
  }

  #tellAbout(index: number, name: string | undefined): void {
    const label = this.#tiles.get(index)?.label;
    const className = label === undefined ? undefined : this.#classes[label];
    this.#readOut.textContent = [
      t('Example {0} of {1}', formatCount(index + 1), formatCount(this.#count)),
      ...(className === undefined ? [] : [t('class {0}', className)]),
      ...(name === undefined ? [] : [name]),
    ].join(' · ');
  }
}
