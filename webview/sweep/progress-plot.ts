/** The objective of each trial in the order of their numbers, and the best until then. */
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { OBJECTIVE, type Tick } from './axes';
import { bestSoFar, type Model } from './model';
import { PointPlot } from './point-plot';
import { comparedText } from './texts-of-trial';
import type { Shown, View, ViewActions } from './view';

const MOST_TICKS = 6;

export class ProgressPlot implements View {
  readonly root: HTMLElement;
  readonly #plot: PointPlot;
  readonly #best = element('span', { class: 'note' });

  constructor(actions: ViewActions) {
    this.#plot = new PointPlot(actions);
    this.root = element(
      'section',
      {},
      element('div', { class: 'section-head' }, element('h2', {}, t('Best so far')), this.#best),
    );
    this.root.append(this.#plot.root);
  }

  show(shown: Shown): void {
    const { model } = shown;
    const objective = model.axes.find(({ key }) => key === OBJECTIVE);
    this.root.hidden = objective === undefined;
    if (objective === undefined) return;
    const count = model.sweep.trials.length;
    const xOf = (trial: number): number => (count === 1 ? 0.5 : (trial - 1) / (count - 1));
    const best = bestSoFar(model);
    const row = model.rows.find(({ trial }) => trial.trial === best.at(-1)?.trial);
    this.#best.textContent =
      row === undefined ? '' : `${t('Trial {0}', row.trial.trial)}: ${comparedText(row, model)}`;
    this.#plot.show(
      {
        x: { title: t('Trial'), ticks: trialTicks(count, xOf) },
        y: { title: objective.title, ticks: objective.ticks },
        line: corners(
          best.map(({ trial, value }) => ({ x: xOf(trial), y: objective.position(value) ?? 0 })),
          xOf(lastTrial(model)),
        ),
        points: model.rows.flatMap((each) => {
          const y = each.positions.get(OBJECTIVE);
          return y === undefined ? [] : [{ row: each, x: xOf(each.trial.trial), y }];
        }),
        description: t('{0} of each trial, and the best until then', objective.title),
      },
      shown,
    );
  }

  showChosen(shown: Shown): void {
    this.#plot.showChosen(shown);
  }

  showPointed(shown: Shown): void {
    this.#plot.showPointed(shown);
  }
}

function lastTrial({ rows }: Model): number {
  return rows.at(-1)?.trial.trial ?? 1;
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** A step at each improvement, up to the last trial. */
function corners(best: readonly Corner[], end: number): Corner[] {
  const stepped = best.flatMap((corner, index) => {
    const before = best[index - 1];
    return before === undefined ? [corner] : [{ x: corner.x, y: before.y }, corner];
  });
  const last = best.at(-1);
  return last === undefined ? [] : [...stepped, { x: end, y: last.y }];
}

function trialTicks(count: number, xOf: (trial: number) => number): Tick[] {
  const every = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1000, 10_000].map((order) => digit * order));
  const step = every.sort((a, b) => a - b).find((one) => count / one <= MOST_TICKS) ?? count;
  const trials = [1, ...Array.from({ length: Math.floor(count / step) }, (_, index) => (index + 1) * step)];
  return [...new Set(trials)]
    .filter((trial) => trial === 1 || trial > step / 2)
    .map((trial) => ({ position: xOf(trial), text: formatCount(trial) }));
}
