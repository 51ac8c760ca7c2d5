/** Several runs over one another: who they are, their curves, their samples side by side, and what differs. */
import type { HostMessage, RunNews } from '../../src/shared/dashboard-protocol';
import { dataSourceOf } from '../curves/curve-data';
import { CurveSection } from '../curves/section';
import { element } from '../dom';
import { formatCount, formatDuration } from '../format';
import { followHeadHeight } from '../head-height';
import type { RunMessage } from '../header';
import { keep, keptPlace, keptPreferences, send } from '../host';
import { type RunLook, runLook, swatch } from '../run-look';
import { SampleSection } from '../samples/section';
import { statusLabel } from '../status';
import { t } from '../texts';
import { differences } from './differences';

export class ComparisonPage {
  readonly root: HTMLElement;
  readonly #looks: RunLook[];
  readonly #runs: (RunMessage | { readonly problem: string } | undefined)[];
  readonly #configs: unknown[];
  readonly #curves: CurveSection;
  readonly #samples: SampleSection;
  readonly #table = element('div', { class: 'compared-runs' });
  readonly #differences = element('div', {});

  /** `names` are what the runs are called as long as they have not said so themselves. */
  constructor(names: readonly string[]) {
    this.#looks = names.map((name, run) => runLook(run, name));
    this.#runs = names.map(() => undefined);
    this.#configs = names.map(() => undefined);
    const { range, sampleStep } = keptPlace();
    this.#curves = new CurveSection(this.#looks, keptPreferences(), range, {
      onView: (view, shown) => {
        keep({ range: shown });
        send({ type: 'view', view });
      },
      onPreferences: keep,
      onPick: (step) => this.#samples.goTo(step),
      onExportValues: () => send({ type: 'exportCurves' }),
      onPicture: (png) => send({ type: 'savePicture', subject: 'curves', png }),
    });
    this.#samples = new SampleSection(this.#looks, sampleStep, {
      onWanted: (run, step) => send({ type: 'sample', run, step }),
      onShown: (step) => this.#curves.mark(step),
      onChosen: (step) => keep({ sampleStep: step }),
      onPicture: (png, step) => send({ type: 'savePicture', subject: 'samples', step, png }),
    });
    const head = element(
      'header',
      { class: 'comparison-head' },
      element('h1', {}, t('{0} runs compared', names.length)),
      this.#table,
    );
    followHeadHeight(head);
    this.root = element(
      'div',
      { class: 'page' },
      head,
      element('main', {}, this.#curves.root, this.#samples.root),
      element('section', { class: 'differences', 'aria-label': t('What differs') }, this.#differences),
    );
    this.#showRuns();
  }

  get view() {
    return this.#curves.view;
  }

  receive(message: Extract<HostMessage, RunNews>): void {
    const { run } = message;
    switch (message.type) {
      case 'run': {
        this.#runs[run] = message;
        const name = message.labels.name ?? message.record.id;
        if (this.#looks[run]?.name !== name) {
          this.#looks[run] = runLook(run, name);
          this.#curves.rename([...this.#looks]);
          this.#samples.rename([...this.#looks]);
          this.#showDifferences();
        }
        this.#showRuns();
        break;
      }
      case 'damaged':
        this.#runs[run] = { problem: message.problem };
        this.#showRuns();
        break;
      case 'config':
        this.#configs[run] = message.config;
        this.#curves.show(run, dataSourceOf(message.config));
        this.#showDifferences();
        break;
      case 'curves':
        this.#curves.show(run, { slice: message.slice });
        break;
      case 'findings':
        this.#curves.show(run, { findings: message.findings });
        break;
      case 'scores':
        this.#curves.show(run, { scores: message.scores });
        break;
      case 'samples':
        this.#samples.setSteps(run, message.steps);
        break;
      case 'sample':
        this.#samples.receive(run, message.step, message.content);
    }
  }

  #showRuns(): void {
    const rows = this.#looks.map((look, run) => {
      const name = element(
        'button',
        { class: 'link', title: t('Open the dashboard of this run') },
        look.name,
      );
      name.addEventListener('click', () => send({ type: 'openRun', run }));
      return element(
        'div',
        { class: 'compared-run' },
        swatch(look.colour, []),
        name,
        ...this.#factsOf(this.#runs[run]),
      );
    });
    // The focus stays where it is while the numbers move.
    const focused = [...this.#table.querySelectorAll('button')].indexOf(
      document.activeElement instanceof HTMLButtonElement ? document.activeElement : element('button'),
    );
    this.#table.replaceChildren(...rows);
    this.#table.querySelectorAll('button')[focused]?.focus();
  }

  #factsOf(run: RunMessage | { readonly problem: string } | undefined): HTMLElement[] {
    if (run === undefined) return [element('span', { class: 'note' }, t('Reading the run…'))];
    if ('problem' in run) return [element('span', { class: 'status failed' }, run.problem)];
    const { record, status, labels, progress } = run;
    const step = Math.max(record.step, progress?.step ?? 0);
    return [
      statusLabel(status),
      element('span', { class: 'note' }, record.experiment),
      element(
        'span',
        { class: 'note' },
        t('Step {0} of {1}', formatCount(step), formatCount(record.totalSteps)),
      ),
      element(
        'span',
        { class: 'note' },
        t('{0} of training', formatDuration(progress?.trainingSeconds ?? record.trainingSeconds)),
      ),
      element('span', { class: 'tags' }, ...labels.tags.map((tag) => element('span', { class: 'tag' }, tag))),
    ];
  }

  #showDifferences(): void {
    const known = this.#configs.flatMap((config, run) => (config === undefined ? [] : [run]));
    const title = element('h2', {}, t('What differs'));
    if (known.length < 2) {
      this.#differences.replaceChildren();
      return;
    }
    const rows = differences(known.map((run) => this.#configs[run])).map(({ path, values }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, path),
        ...values.map((value) => element('td', {}, value ?? '–')),
      ),
    );
    if (rows.length === 0) {
      const equal = t('Nothing: the configurations of these runs are equal, down to every default.');
      this.#differences.replaceChildren(title, element('p', { class: 'note' }, equal));
      return;
    }
    const heads = known.map((run) => {
      const look = this.#looks[run] ?? runLook(run, '');
      return element('th', { scope: 'col', class: 'column-title' }, swatch(look.colour, []), ' ', look.name);
    });
    const head = element(
      'tr',
      {},
      element('th', { scope: 'col', class: 'column-title' }, t('Setting')),
      ...heads,
    );
    this.#differences.replaceChildren(
      title,
      element(
        'div',
        { class: 'table-frame', tabindex: '0' },
        element(
          'table',
          {},
          element('caption', { class: 'sr-only' }, t('What differs')),
          element('thead', {}, head),
          element('tbody', {}, ...rows),
        ),
      ),
    );
  }
}
