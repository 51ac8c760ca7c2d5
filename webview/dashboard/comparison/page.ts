/** The comparison of several runs: their names, their differences, overlaid curves, and samples side by side. */
import type { HostMessage, RunNews } from '../../../src/shared/dashboard-protocol';
import type { ScoreRecord } from '../../../src/shared/run-format';
import { bestScore } from '../../../src/shared/scores';
import { element } from '../../shared/dom';
import { formatCount, formatDuration, formatValue } from '../../shared/format';
import { statusLabel } from '../../shared/status';
import { t, translatedOr } from '../../shared/texts';
import { dataSourceOf } from '../curves/curve-data';
import { scoreTitle } from '../curves/definitions';
import { CurveSection } from '../curves/section';
import { followHeadHeight } from '../head-height';
import type { RunMessage } from '../header';
import { keep, keptPlace, keptPreferences, send } from '../host';
import { type RunLook, runLook, swatch } from '../run-look';
import { SampleSection } from '../samples/section';
import { DifferenceTable } from './difference-table';
import { type Difference, differences } from './differences';
import { type NamedRun, runLabels } from './run-labels';

export class ComparisonPage {
  readonly root: HTMLElement;
  readonly #looks: RunLook[];
  readonly #runs: (RunMessage | { readonly problem: string } | undefined)[];
  readonly #configs: unknown[];
  readonly #curves: CurveSection;
  readonly #samples: SampleSection;
  /** The best score of each run, formatted. */
  readonly #scores: string[];
  readonly #table = element('div', { class: 'compared-runs' });
  readonly #differences = new DifferenceTable();

  /** `names` are used until the runs have reported their own. */
  constructor(names: readonly string[]) {
    this.#looks = names.map((name, run) => runLook(run, name));
    this.#runs = names.map(() => undefined);
    this.#configs = names.map(() => undefined);
    this.#scores = names.map(() => '');
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
      this.#differences.root,
      element('main', {}, this.#curves.root, this.#samples.root),
    );
    this.#showRuns();
  }

  get view() {
    return this.#curves.view;
  }

  receive(message: Extract<HostMessage, RunNews>): void {
    const { run } = message;
    switch (message.type) {
      case 'run':
        this.#runs[run] = message;
        this.#showDifferences();
        this.#showRuns();
        break;
      case 'damaged':
        this.#runs[run] = { problem: translatedOr(message.said, message.problem) };
        this.#showRuns();
        break;
      case 'config':
        this.#configs[run] = message.config;
        this.#curves.show(run, dataSourceOf(message.config));
        this.#showDifferences();
        this.#showRuns();
        break;
      case 'curves':
        this.#curves.show(run, { slice: message.slice });
        break;
      case 'findings':
        this.#curves.show(run, { findings: message.findings });
        break;
      case 'scores':
        this.#curves.show(run, { scores: message.scores });
        this.#scores[run] = bestText(message.scores.map(({ record }) => record));
        this.#showRuns();
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
      const name = element('button', { class: 'link', title: this.#linkTitle(run) }, look.name);
      name.addEventListener('click', () => send({ type: 'openRun', run }));
      return element(
        'div',
        { class: 'compared-run' },
        swatch(look.colour, []),
        name,
        ...this.#factsOf(this.#runs[run], this.#scores[run] ?? ''),
      );
    });
    // Keeps the focus while the numbers change.
    const focused = [...this.#table.querySelectorAll('button')].indexOf(
      document.activeElement instanceof HTMLButtonElement ? document.activeElement : element('button'),
    );
    this.#table.replaceChildren(...rows);
    this.#table.querySelectorAll('button')[focused]?.focus();
  }

  #linkTitle(index: number): string {
    const open = t('Open the dashboard of this run');
    const run = this.#runs[index];
    return run === undefined || 'problem' in run ? open : `${run.record.id}\n${open}`;
  }

  #factsOf(run: RunMessage | { readonly problem: string } | undefined, score: string): HTMLElement[] {
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
      element('span', { class: 'note' }, score),
      element('span', { class: 'tags' }, ...labels.tags.map((tag) => element('span', { class: 'tag' }, tag))),
    ];
  }

  #showDifferences(): void {
    const known = this.#configs.flatMap((config, run) => (config === undefined ? [] : [run]));
    const found = differences(known.map((run) => this.#configs[run]));
    this.#rename(known.length === this.#looks.length ? found : []);
    this.#differences.show(
      found,
      known.flatMap((run) => this.#looks[run] ?? []),
    );
  }

  #rename(found: readonly Difference[]): void {
    const named = this.#runs.map((run, index): NamedRun => {
      const name = this.#looks[index]?.name ?? '';
      if (run === undefined || 'problem' in run) return { id: name, name, experiment: '' };
      const { id, experiment } = run.record;
      return { id, experiment, ...(run.labels.name === undefined ? {} : { name: run.labels.name }) };
    });
    const labels = runLabels(named, found, (key) => t('no {0}', key));
    if (labels.every((label, run) => label === this.#looks[run]?.name)) return;
    labels.forEach((label, run) => {
      this.#looks[run] = runLook(run, label);
    });
    this.#curves.rename([...this.#looks]);
    this.#samples.rename([...this.#looks]);
  }
}

function bestText(scores: readonly ScoreRecord[]): string {
  const best = bestScore(scores);
  if (best === undefined) return '';
  return t(
    '{0}, best at step {1}',
    `${scoreTitle(best.kind.name)} ${formatValue(best.value)}`,
    formatCount(best.step),
  );
}
