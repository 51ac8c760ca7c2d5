/** One parameter against the objective. */
import { element } from '../shared/dom';
import { t } from '../shared/texts';
import { OBJECTIVE } from './axes';
import { PointPlot } from './point-plot';
import type { Shown, View, ViewActions } from './view';

/** Trials with the same value of a list are spread over this share of its part of the axis. */
const SPREAD = 0.5;

export class Scatter implements View {
  readonly root: HTMLElement;
  readonly #plot: PointPlot;
  readonly #select = element('select', { 'aria-label': t('Parameter') });
  /** Undefined until the user chooses one: the most important, if that is known, or else the first. */
  #parameter: string | undefined;
  #suggested: string | undefined;
  #shown: Shown | undefined;

  constructor(parameter: string | undefined, actions: ViewActions, onChoose: (key: string) => void) {
    this.#parameter = parameter;
    this.#plot = new PointPlot(actions);
    this.#select.addEventListener('change', () => {
      onChoose(this.#select.value);
      this.choose(this.#select.value);
    });
    this.root = element(
      'section',
      {},
      element(
        'div',
        { class: 'section-head' },
        element('h2', {}, t('Parameter and objective')),
        this.#select,
      ),
    );
    this.root.append(this.#plot.root);
  }

  choose(key: string): void {
    this.#parameter = key;
    if (this.#shown !== undefined) this.show(this.#shown);
  }

  /** The most important parameter is shown first. */
  suggest(key: string): void {
    this.#suggested = key;
    if (this.#shown !== undefined) this.show(this.#shown);
  }

  show(shown: Shown): void {
    this.#shown = shown;
    const { axes, rows } = shown.model;
    const parameters = axes.filter(({ key }) => key !== OBJECTIVE);
    const wanted = [this.#parameter, this.#suggested];
    const axis = wanted.flatMap((key) => parameters.find((one) => one.key === key) ?? [])[0] ?? parameters[0];
    const objective = axes.find(({ key }) => key === OBJECTIVE);
    this.root.hidden = objective === undefined || axis === undefined;
    if (objective === undefined || axis === undefined) return;
    if (this.#select.options.length !== parameters.length)
      this.#select.replaceChildren(
        ...parameters.map(({ key, title }) => element('option', { value: key }, title)),
      );
    this.#select.value = axis.key;
    this.#plot.show(
      {
        x: { title: axis.key, ticks: axis.ticks },
        y: { title: objective.title, ticks: objective.ticks },
        line: [],
        points: rows.flatMap((row) => {
          const [x, y] = [row.positions.get(axis.key), row.positions.get(OBJECTIVE)];
          if (x === undefined || y === undefined) return [];
          const width = axis.categories === undefined ? 0 : SPREAD / axis.categories;
          return [{ row, x: x + width * spreadOver(row.trial.trial), y }];
        }),
        description: t('{0} against {1}', objective.title, axis.key),
      },
      shown,
    );
  }

  showChosen(shown: Shown): void {
    this.#shown = shown;
    this.#plot.showChosen(shown);
  }

  showPointed(shown: Shown): void {
    this.#plot.showPointed(shown);
  }
}

/** Even, and the same for the same trial: multiples of the golden ratio, from −0.5 to 0.5. */
function spreadOver(trial: number): number {
  return ((trial * 0.618034) % 1) - 0.5;
}
