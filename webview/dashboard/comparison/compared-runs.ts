/** The runs of a comparison, a row each, with names as short as possible. */
import './compared-runs.css';
import { flatten } from '../../../src/shared/config-rows';
import type { RunNewsOf } from '../../../src/shared/dashboard-protocol';
import type { ScoreRecord } from '../../../src/shared/run-format';
import { bestScore } from '../../../src/shared/scores';
import { type SeedIdentity, seedIdentity } from '../../../src/shared/seed-groups';
import { element } from '../../shared/dom';
import { formatCount, formatDuration, formatValue } from '../../shared/format';
import { statusLabel } from '../../shared/status';
import { t, translatedOr } from '../../shared/texts';
import { scoreTitle } from '../../shared/value-titles';
import { isAveraged } from '../curves/averaged';
import { keptPreferences, send } from '../host';
import { type RunMessage, stepOf } from '../run-facts';
import { type RunLook, runLook, swatch } from '../run-look';
import type { Receivers, Section, SectionContext } from '../section';
import type { SectionLinks } from '../section-links';
import { type Difference, differences } from './differences';
import { type NamedRun, runLabels } from './run-labels';
import { withSeeds } from './seed-looks';

export class ComparedRuns implements Section {
  readonly root: HTMLElement;
  readonly receives: Receivers = {
    run: (message, run) => this.#showRun(run, message),
    damaged: (message, run) => this.#showRun(run, message),
    config: ({ config }, run) => {
      this.#configs[run] = config;
      const message = this.#runs[run];
      if (message?.type === 'run')
        this.#identities[run] = seedIdentity(new Map(flatten(config, '')), message.record);
      this.#differences = this.#configs.includes(undefined) ? [] : differences(this.#configs);
      this.#show();
    },
    scores: ({ scores }, run) => {
      this.#scores[run] = bestText(scores.map(({ record }) => record));
      this.#show();
    },
  };
  readonly #links: SectionLinks;
  #looks: readonly RunLook[];
  readonly #runs: (RunMessage | RunNewsOf<'damaged'> | undefined)[];
  readonly #configs: unknown[];
  readonly #identities: (SeedIdentity | undefined)[];
  #averagesSeeds = keptPreferences().averagesSeeds;
  /** Between all runs; empty until all configs have arrived. */
  #differences: readonly Difference[] = [];
  /** The best score of each run, formatted. */
  readonly #scores: string[];
  readonly #table = element('div', { class: 'compared-runs' });

  constructor({ runs, links }: SectionContext) {
    this.#links = links;
    this.#looks = runs;
    this.#runs = runs.map(() => undefined);
    this.#configs = runs.map(() => undefined);
    this.#identities = runs.map(() => undefined);
    this.#scores = runs.map(() => '');
    this.root = element(
      'header',
      { class: 'comparison-head' },
      element('h1', {}, t('{0} runs compared', runs.length)),
      this.#table,
    );
    links.seedsAveraged.listen((averagesSeeds) => {
      this.#averagesSeeds = averagesSeeds;
      this.#show();
    });
    this.#show();
  }

  #showRun(run: number, message: RunMessage | RunNewsOf<'damaged'>): void {
    this.#runs[run] = message;
    this.#show();
  }

  #show(): void {
    this.#rename();
    const rows = this.#looks.map((look, run) => {
      const name = element('button', { class: 'link', title: this.#linkTitle(run) }, look.name);
      name.addEventListener('click', () => send({ type: 'openRun', run }));
      return element(
        'div',
        { class: 'compared-run' },
        swatch(look.colour, []),
        name,
        ...factsOf(this.#runs[run], this.#scores[run] ?? ''),
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
    return run?.type === 'run' ? `${run.record.id}\n${open}` : open;
  }

  #rename(): void {
    const named = this.#looks.map(({ name }, index) => namedRun(this.#runs[index], name));
    const labels = runLabels(named, this.#differences, (key) => t('no {0}', key));
    const own = labels.map((label, run) => runLook(run, label));
    const looks = withSeeds(own, {
      named,
      // Until all configs are there, runs with others might be taken for seeds.
      identities: this.#configs.includes(undefined) ? own.map(() => undefined) : this.#identities,
      differences: this.#differences,
      isAveraged: (withoutColours) => isAveraged(withoutColours, this.#averagesSeeds),
    });
    if (JSON.stringify(looks) === JSON.stringify(this.#looks)) return;
    this.#looks = looks;
    this.#links.renamed.send(this.#looks);
  }
}

/** `name` is that of a run that has not been read. */
function namedRun(run: RunMessage | RunNewsOf<'damaged'> | undefined, name: string): NamedRun {
  if (run?.type !== 'run') return { id: name, name, experiment: '' };
  const { id, experiment } = run.record;
  return { id, experiment, ...(run.labels.name === undefined ? {} : { name: run.labels.name }) };
}

function factsOf(run: RunMessage | RunNewsOf<'damaged'> | undefined, score: string): HTMLElement[] {
  const note = (text: string): HTMLElement => element('span', { class: 'note' }, text);
  if (run === undefined) return [note(t('Reading the run…'))];
  if (run.type === 'damaged')
    return [element('span', { class: 'status failed' }, translatedOr(run.said, run.problem))];
  const { record, status, labels, progress } = run;
  return [
    statusLabel(status),
    note(record.experiment),
    note(t('Step {0} of {1}', formatCount(stepOf(run)), formatCount(record.totalSteps))),
    note(t('{0} of training', formatDuration(progress?.trainingSeconds ?? record.trainingSeconds))),
    note(score),
    element('span', { class: 'tags' }, ...labels.tags.map((tag) => element('span', { class: 'tag' }, tag))),
  ];
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
