/** What each parameter explains of the differences between trials. */
import type { ComparedAt, SweepImportance, SweepView } from '../../src/shared/sweep-protocol';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { shortKeys } from '../shared/short-keys';
import { t } from '../shared/texts';
import { breakable } from './axis-title';
import { comparedSteps } from './model';
import { levelText } from './texts-of-trial';

/** Forests that explain less than this have learnt next to nothing. */
const LEAST_EXPLAINED = 0.1;

export interface ImportanceActions {
  onChoose(key: string): void;
  onCompareAt(at: ComparedAt): void;
}

export class ImportanceBars {
  readonly root: HTMLElement;
  readonly #actions: ImportanceActions;
  readonly #level = element('span', { class: 'note' });
  readonly #bars = element('div', { class: 'importance' });
  readonly #note = element('p', { class: 'note' });

  constructor(actions: ImportanceActions) {
    this.#actions = actions;
    this.root = element(
      'section',
      { hidden: true },
      element(
        'div',
        { class: 'section-head' },
        element('h2', {}, t('Importance of parameters')),
        this.#level,
      ),
      this.#bars,
      this.#note,
    );
  }

  show(importance: SweepImportance, sweep: SweepView): void {
    const { at, trials, needed, explained, parameters } = importance;
    this.root.hidden = false;
    const isKnown = parameters.length > 0 && explained >= LEAST_EXPLAINED;
    this.#level.textContent = t('{0}, {1} trials', levelText(at), formatCount(trials));
    this.#bars.replaceChildren(...(isKnown ? this.#makeBars(importance) : []));
    if (isKnown)
      this.#note.textContent = t(
        'Permutation importance of random forests that predict the rank of a trial: the error added by shuffling the values of one parameter, as a share of all parameters. Mean ± standard deviation of forests with different seeds. For trials that they were not fitted to, they explain {0} of the differences.',
        percent(explained),
      );
    else if (parameters.length > 0)
      this.#note.textContent = t(
        'The values of the parameters predict next to nothing of the ranks of these {0} trials, so no importance is shown.',
        formatCount(trials),
      );
    else this.#note.replaceChildren(...this.#tooFew(trials, needed, sweep));
  }

  #makeBars({ parameters }: SweepImportance): HTMLElement[] {
    const titles = shortKeys(parameters.map(({ key }) => key));
    return parameters
      .map((parameter, index) => ({ ...parameter, title: titles[index] ?? parameter.key }))
      .sort((a, b) => b.share - a.share)
      .map(({ key, title, share, deviation }) => {
        const bar = element('span', { class: 'bar' });
        const spread = element('span', { class: 'bar-spread' });
        bar.style.width = `${100 * share}%`;
        spread.style.left = `${100 * Math.max(0, share - deviation)}%`;
        spread.style.width = `${100 * Math.min(2 * deviation, share + deviation)}%`;
        const row = element(
          'button',
          { class: 'importance-row', title: key },
          element('span', { class: 'importance-key' }, ...breakable(title)),
          element('span', { class: 'bar-frame', 'aria-hidden': 'true' }, bar, spread),
          element('span', { class: 'importance-share' }, `${percent(share)} ± ${percent(deviation)}`),
        );
        row.addEventListener('click', () => this.#actions.onChoose(key));
        return row;
      });
  }

  #tooFew(trials: number, needed: number, sweep: SweepView): (string | HTMLElement)[] {
    const text = t(
      'With {0} comparable trials, importance would be mostly chance. It is shown from {1} on.',
      formatCount(trials),
      formatCount(needed),
    );
    const better = comparedSteps(sweep.trials)
      .filter((level) => level.trials >= needed)
      .at(-1);
    if (better === undefined) return [text];
    const link = element(
      'button',
      { class: 'link' },
      t('Compare trials at step {0} ({1})', formatCount(better.step), formatCount(better.trials)),
    );
    link.addEventListener('click', () => this.#actions.onCompareAt(better.step));
    return [text, ' ', link];
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
