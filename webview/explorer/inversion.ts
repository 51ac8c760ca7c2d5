/** An image of the user's own beside the nearest one that the generator makes, whose latent the controls then move. */
import type { FoundLatent, FromExplorer, KeptInversion } from '../../src/shared/explorer-protocol';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { drawTile, tileAt } from './tiles';

export interface InversionEvents {
  /** The user wants to choose an image. */
  onChoose(): void;
  onCancel(): void;
  onCompareFeatures(isWanted: boolean): void;
  /** The latent is to be one of the ends of the interpolation. */
  onUse(found: FoundLatent, end: 'from' | 'to', label: number | undefined): void;
}

const PNG_PREFIX = 'data:image/png;base64,';

export class Inversion {
  readonly root: HTMLElement;
  readonly #events: InversionEvents;
  readonly #target = element('canvas', { role: 'img' });
  readonly #result = element('canvas', { role: 'img' });
  readonly #pair: HTMLElement;
  readonly #resultCaption = element('span', {});
  readonly #note = element('p', { class: 'note', role: 'status' });
  readonly #bar = element('progress', {});
  readonly #doing = element('span', { role: 'status' });
  readonly #busy: HTMLElement;
  readonly #choose = element('vscode-button', { secondary: true, icon: 'file-media' }, t('Invert Image…'));
  #kept: KeptInversion | undefined;

  constructor(before: KeptInversion | undefined, events: InversionEvents) {
    this.#events = events;
    this.#choose.addEventListener('click', () => events.onChoose());
    this.#pair = element(
      'div',
      { class: 'inverted', hidden: true },
      element('figure', {}, this.#target, element('figcaption', {}, t('Your image'))),
      element('figure', {}, this.#result, element('figcaption', {}, this.#resultCaption)),
      element('div', { class: 'uses' }, this.#use(t('Use as A'), 'from'), this.#use(t('Use as B'), 'to')),
    );
    const features = element('input', { type: 'checkbox' });
    features.addEventListener('change', () => events.onCompareFeatures(features.checked));
    const cancel = element('button', { class: 'link' }, t('Cancel'));
    cancel.addEventListener('click', () => events.onCancel());
    this.#busy = element('div', { class: 'inverting', hidden: true }, this.#doing, this.#bar, cancel);
    this.root = element(
      'section',
      { class: 'inversion' },
      element('div', { class: 'section-head' }, element('h2', {}, t('Your image')), this.#choose),
      this.#busy,
      this.#pair,
      this.#note,
      element(
        'label',
        { class: 'features-choice' },
        features,
        t('Also compare images by a classifier of the data, if it has classes'),
      ),
    );
    if (before === undefined) this.#sayHow();
    else void this.#restore(before);
  }

  get kept(): KeptInversion | undefined {
    return this.#kept;
  }

  showProgress({ phase, name, done, total }: Extract<FromExplorer, { readonly type: 'inverting' }>): void {
    if (this.#busy.hidden) this.root.scrollIntoView({ block: 'nearest' });
    this.#busy.hidden = false;
    this.#bar.max = total;
    this.#bar.value = done;
    const doing =
      phase === 'classifier' ? t('Training a classifier to compare images by') : t('Inverting {0}', name);
    this.#bar.setAttribute('aria-label', doing);
    if (this.#doing.textContent !== doing) this.#doing.textContent = doing;
  }

  show({ image, tiles }: Extract<FromExplorer, { readonly type: 'inverted' }>): void {
    drawTile(this.#target, tileAt(tiles, 0));
    drawTile(this.#result, tileAt(tiles, 1));
    this.#kept = { image, target: pngOf(this.#target), result: pngOf(this.#result) };
    this.#showFacts(this.#kept);
    this.#events.onUse(image.found, 'from', image.label);
  }

  /** @param reason undefined if it was cancelled */
  showEnd(reason: string | undefined): void {
    this.#busy.hidden = true;
    if (reason !== undefined) this.#note.textContent = reason;
    else if (this.#kept === undefined) this.#sayHow();
    else this.#showFacts(this.#kept);
  }

  #use(text: string, end: 'from' | 'to'): HTMLElement {
    const made = element('button', { class: 'link' }, text);
    made.addEventListener('click', () => {
      const image = this.#kept?.image;
      if (image !== undefined) this.#events.onUse(image.found, end, image.label);
    });
    return made;
  }

  #sayHow(): void {
    this.#note.textContent = t(
      'Finds the latent of an image. You can also drop one on this page while holding Shift.',
    );
  }

  #showFacts({ image: { found, step, psnr } }: KeptInversion): void {
    this.#busy.hidden = true;
    this.#pair.hidden = false;
    this.#target.setAttribute('aria-label', t('Your image: {0}', found.name));
    const error = t('PSNR {0} dB', psnr.toFixed(1));
    this.#result.setAttribute('aria-label', t('Found image: {0}', error));
    this.#resultCaption.textContent = error;
    this.#note.textContent = t(
      '{0} and the nearest image found in the latent space, with the weights of step {1}.',
      found.name,
      formatCount(step),
    );
  }

  async #restore(kept: KeptInversion): Promise<void> {
    this.#kept = kept;
    await Promise.all([draw(this.#target, kept.target), draw(this.#result, kept.result)]);
    this.#showFacts(kept);
  }
}

function pngOf(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL('image/png').slice(PNG_PREFIX.length);
}

/** The page's policy admits no addresses with data, so the bytes are decoded here. */
async function draw(canvas: HTMLCanvasElement, png: string): Promise<void> {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
}
