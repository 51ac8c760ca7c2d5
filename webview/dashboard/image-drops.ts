/** Applies the run to images that are dropped on its dashboard, where its generator takes images. */
import { translatesImages } from '../../src/shared/run-format';
import { element } from '../shared/dom';
import { acceptDrops } from '../shared/dropped-images';
import { t } from '../shared/texts';
import { send } from './host';
import type { Receivers, Section } from './section';

export class ImageDrops implements Section {
  readonly root = element('div', { hidden: true });
  readonly receives: Receivers = {
    run: ({ record }) => {
      this.#canTranslate = translatesImages(record);
    },
  };
  #canTranslate = false;
  #isTrusted = true;

  constructor() {
    acceptDrops({
      hint: t('Drop images to apply the run to them'),
      remedy: t('Use Apply to Images… for them.'),
      isAccepting: () => this.#canTranslate && this.#isTrusted,
      onDrop: (dropped) => send({ type: 'drop', dropped }),
    });
  }

  setTrusted(isTrusted: boolean): void {
    this.#isTrusted = isTrusted;
  }
}
