/** The result of a run that has ended, in one line, and the next actions. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import './finished-run.css';
import type { RunAction } from '../../src/shared/dashboard-protocol';
import { isLive, type RunStatus, type ScoreRecord, translatesImages } from '../../src/shared/run-format';
import { bestScore } from '../../src/shared/scores';
import { element } from '../shared/dom';
import { formatCount, formatDuration, formatValue } from '../shared/format';
import { t, translated } from '../shared/texts';
import { dataSourceOf } from './curves/curve-data';
import { send } from './host';
import type { RunMessage } from './run-facts';
import type { Receivers, Section } from './section';

interface ActionLook {
  readonly action: RunAction;
  readonly icon: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOffered: (message: RunMessage) => boolean;
}

const COMPLETED: RunStatus = 'completed';

function actions(): readonly ActionLook[] {
  return [
    {
      action: 'trainLonger',
      icon: 'debug-continue',
      label: t('Train Longer…'),
      isOffered: ({ status }) => status === COMPLETED,
    },
    {
      action: 'evaluate',
      icon: 'beaker',
      label: t('Evaluate…'),
      isOffered: ({ hasCheckpoints }) => hasCheckpoints,
    },
    {
      action: 'applyToImages',
      icon: 'wand',
      label: t('Apply to Images…'),
      hint: t('Or drop images on this page while holding Shift'),
      isOffered: ({ record }) => translatesImages(record),
    },
    { action: 'compare', icon: 'git-compare', label: t('Compare…'), isOffered: () => true },
    { action: 'exportSamples', icon: 'file-media', label: t('Export Samples…'), isOffered: () => true },
    { action: 'export', icon: 'export', label: t('Export…'), isOffered: () => true },
  ];
}

export class FinishedRun implements Section {
  readonly root = element('section', { class: 'finished', hidden: true, 'aria-label': t('Results') });
  readonly receives: Receivers = {
    run: (message) => {
      this.#message = message;
      this.#show();
    },
    config: ({ config }) => {
      this.#source = dataSourceOf(config).dataSource;
      this.#show();
    },
    scores: ({ scores }) => {
      this.#scores = scores.map(({ record }) => record);
      this.#show();
    },
  };
  #message: RunMessage | undefined;
  #scores: readonly ScoreRecord[] = [];
  /** Training data of the run, as named in its config. */
  #source: string | undefined;
  #shown = '';
  #isTrusted = true;

  /** In an untrusted workspace a run can be compared, but nothing is trained or written. */
  setTrusted(isTrusted: boolean): void {
    this.#isTrusted = isTrusted;
    this.#show();
  }

  #show(): void {
    const message = this.#message;
    if (message === undefined) return;
    const facts = factsOf(message, this.#scores, this.#source);
    const offered = actions().filter(
      ({ action, isOffered }) => isOffered(message) && (this.#isTrusted || action === 'compare'),
    );
    this.root.hidden = isLive(message.status) || message.progress === undefined;
    // Unchanged content is not replaced, so that a focused button keeps the focus.
    const shown = JSON.stringify([facts, offered]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.root.replaceChildren(
      element(
        'dl',
        { class: 'summary' },
        ...facts.map(({ name, value, detail }) =>
          element(
            'div',
            {},
            element('dt', {}, name),
            element('dd', {}, value, ...(detail === undefined ? [] : [element('small', {}, detail)])),
          ),
        ),
      ),
      element('div', { class: 'next-steps' }, ...offered.map((look) => this.#button(look))),
    );
  }

  #button({ action, icon, label, hint }: ActionLook): HTMLElement {
    const button = element(
      'vscode-button',
      { icon, secondary: action !== 'trainLonger', title: hint },
      label,
    );
    button.addEventListener('click', () => send({ type: 'act', run: 0, action }));
    return button;
  }
}

interface Fact {
  readonly name: string;
  readonly value: string;
  readonly detail?: string | undefined;
}

function factsOf(
  { record, progress }: RunMessage,
  scores: readonly ScoreRecord[],
  source: string | undefined,
): readonly Fact[] {
  if (progress === undefined) return [];
  const best = bestScore(scores);
  const { data, trainingSeconds } = record;
  const facts: readonly (Fact | undefined)[] = [
    best && {
      name: t('Best {0}', translated(best.kind.title)),
      value: formatValue(best.value),
      detail: t('at step {0}', formatCount(best.step)),
    },
    { name: t('Training time'), value: formatDuration(trainingSeconds) },
    {
      name: t('Average speed'),
      value: t('{0} examples/s', formatCount(progress.averageImagesPerSecond)),
    },
    { name: t('Examples seen'), value: formatCount(progress.images) },
    data && {
      name: t('Training data'),
      value: t('{0} examples', formatCount(data.examples)),
      detail: source,
    },
  ];
  return facts.filter((fact) => fact !== undefined);
}
