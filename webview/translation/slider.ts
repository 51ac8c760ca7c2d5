/**
 * Two images of the same scene on top of each other, with a divider: the input on its left, the output on its right. The
 * divider is a range input as large as the images, so it follows mouse, touch and keyboard, and screen readers name it.
 */
import type { ShownImage } from '../../src/shared/translation-protocol';
import { element } from '../shared/dom';
import { localized, t } from '../shared/texts';

const MIDDLE = 50;
/** Smaller images are shown with their pixels visible, as on the dashboard. */
const PIXELATED_BELOW = 256;

export class Slider {
  readonly #input = element('img', { class: 'before', alt: t('Input') });
  readonly #output = element('img', { class: 'after', alt: t('Output') });
  readonly #divider = element('input', {
    type: 'range',
    min: '0',
    max: '100',
    step: '1',
    'aria-label': t('Divider between input and output'),
  });
  readonly #frame = element(
    'div',
    { class: 'slider' },
    this.#output,
    this.#input,
    element('span', { class: 'tag side before-side', 'aria-hidden': 'true' }, t('Input')),
    element('span', { class: 'tag side after-side', 'aria-hidden': 'true' }, t('Output')),
    element('div', { class: 'divider', 'aria-hidden': 'true' }),
    this.#divider,
  );
  readonly #problems = element('div', { class: 'problems' });
  readonly root = element('div', { class: 'slider-place' }, this.#problems, this.#frame);
  readonly #addresses: string[] = [];

  constructor() {
    this.#divider.addEventListener('input', () => this.#place());
    this.#output.addEventListener('load', () => this.#fit());
    this.#frame.hidden = true;
  }

  show(input: ShownImage, output: ShownImage): void {
    for (const address of this.#addresses.splice(0)) URL.revokeObjectURL(address);
    const problems = [
      this.#load(this.#input, input, t('Input')),
      this.#load(this.#output, output, t('Output')),
    ];
    this.#problems.replaceChildren(
      ...problems
        .filter((problem) => problem !== undefined)
        .map((text) => element('p', { class: 'notice error', role: 'alert' }, text)),
    );
    this.#frame.hidden = 'reason' in output;
    this.#divider.hidden = 'reason' in input;
    this.#divider.value = String('reason' in input ? 0 : MIDDLE);
    this.#place();
  }

  /** Returns why it cannot be shown. */
  #load(image: HTMLImageElement, shown: ShownImage, side: string): string | undefined {
    if ('reason' in shown) {
      image.removeAttribute('src');
      return t('{0} cannot be shown: {1}', side, localized(shown.reason));
    }
    const address = URL.createObjectURL(new Blob([new Uint8Array(shown.bytes)], { type: shown.type }));
    this.#addresses.push(address);
    image.src = address;
    return undefined;
  }

  /** The output gives the size: it is larger than the input where a run learns super-resolution. */
  #fit(): void {
    const { naturalWidth, naturalHeight } = this.#output;
    this.#frame.style.setProperty('--aspect', String(naturalWidth / Math.max(1, naturalHeight)));
    this.#frame.classList.toggle('pixelated', Math.max(naturalWidth, naturalHeight) < PIXELATED_BELOW);
  }

  #place(): void {
    const { value } = this.#divider;
    this.#frame.style.setProperty('--divider', `${value}%`);
    this.#divider.setAttribute('aria-valuetext', t('{0}% of the input', value));
  }
}
