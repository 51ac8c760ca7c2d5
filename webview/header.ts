/** What run it is, how far it is, how long it will take, the buttons that steer it, and what somebody said of it. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { RunNews, RunProgress } from '../src/shared/dashboard-protocol';
import { PHASE_TITLES } from '../src/shared/evaluation-progress';
import {
  type ControlRequest,
  isLive,
  type RunEnding,
  type RunLabels,
  type RunStatus,
} from '../src/shared/run-format';
import { element, icon, iconButton } from './dom';
import { formatCount, formatDuration } from './format';
import { labelsForm } from './labels-form';
import { statusLabel } from './status';
import { t, translated, translatedOr } from './texts';

export type RunMessage = Extract<RunNews, { readonly type: 'run' }>;

interface ControlLook {
  readonly request: ControlRequest;
  readonly icon: string;
  readonly label: string;
  readonly shownFor: readonly RunStatus[];
}

/** A request that nobody has answered until then can be made again. */
const ANSWER_MS = 8_000;

function controls(): readonly ControlLook[] {
  const live: readonly RunStatus[] = ['created', 'running', 'paused'];
  return [
    { request: 'pause', icon: 'debug-pause', label: t('Pause'), shownFor: ['created', 'running'] },
    {
      request: 'continue',
      icon: 'debug-continue',
      label: t('Resume'),
      shownFor: ['paused', 'stopped', 'failed', 'interrupted'],
    },
    { request: 'checkpoint', icon: 'save', label: t('Save checkpoint'), shownFor: live },
    { request: 'stop', icon: 'debug-stop', label: t('Stop'), shownFor: live },
  ];
}

export interface HeaderEvents {
  onControl(request: ControlRequest): void;
  onLabels(labels: RunLabels): void;
  onExplore(): void;
}

export class Header {
  readonly root: HTMLElement;
  readonly #events: HeaderEvents;
  readonly #title = element('h1', {});
  readonly #id = element('span', { class: 'run-id' });
  readonly #tags = element('span', { class: 'tags' });
  readonly #note = element('p', { class: 'run-note' });
  readonly #status = element('span', { role: 'status' });
  readonly #progress = element('progress', { 'aria-label': t('Progress of training') });
  readonly #facts = element('p', { class: 'facts' });
  readonly #controls = element('div', { class: 'controls' });
  readonly #notice = element('div', {});
  readonly #form = element('div', {});
  readonly #edit = iconButton('edit', t('Edit name, tags and note'), () => this.#openForm());
  readonly #explore = element(
    'vscode-button',
    { icon: 'compass', secondary: true, hidden: true },
    t('Explore Latents'),
  );
  #shown: RunMessage | undefined;

  constructor(events: HeaderEvents) {
    this.#events = events;
    this.#explore.addEventListener('click', () => events.onExplore());
    this.root = element(
      'header',
      {},
      element(
        'div',
        { class: 'head' },
        this.#title,
        this.#status,
        this.#id,
        this.#tags,
        this.#edit,
        element('div', { class: 'controls' }, this.#explore, this.#controls),
      ),
      this.#form,
      this.#progress,
      this.#facts,
      this.#note,
      this.#notice,
    );
  }

  /** Nothing is written, and so nothing can be edited, in a workspace that is not trusted. */
  set isTrusted(isTrusted: boolean) {
    this.#edit.hidden = !isTrusted;
  }

  show(message: RunMessage): void {
    const { record, status, labels, progress, scoring } = message;
    const before = this.#shown?.status;
    this.#shown = message;
    this.#explore.hidden = !message.hasCheckpoints || record.generatorInput === 'images';
    this.#title.textContent = labels.name ?? record.experiment;
    this.#tags.replaceChildren(...labels.tags.map((tag) => element('span', { class: 'tag' }, tag)));
    this.#note.textContent = labels.note;
    this.#id.textContent = record.id;
    const step = Math.max(record.step, progress?.step ?? 0);
    this.#progress.max = Math.max(1, record.totalSteps);
    this.#progress.value = step;
    const percent = Math.floor((100 * step) / Math.max(1, record.totalSteps));
    const facts = [
      t('Step {0} of {1} ({2} %)', formatCount(step), formatCount(record.totalSteps), percent),
      t('{0} of training', formatDuration(progress?.trainingSeconds ?? record.trainingSeconds)),
    ];
    if (progress !== undefined) facts.push(speedText(status, progress));
    if (status === 'running' && progress?.remainingSeconds !== undefined)
      facts.push(t('about {0} left', formatDuration(progress.remainingSeconds)));
    if (scoring !== undefined)
      facts.push(
        `${translated(PHASE_TITLES[scoring.phase])} (${formatCount(scoring.done)}/${formatCount(scoring.total)})`,
      );
    const { name, threads } = record.engine;
    facts.push(threads === 1 ? t('{0}, 1 thread', name) : t('{0}, {1} threads', name, threads));
    if (record.parent !== undefined)
      facts.push(t('from step {0} of {1}', formatCount(record.parent.step), record.parent.run));
    this.#facts.replaceChildren(...facts.map((fact) => element('span', {}, fact)));
    // What is asked of a run stays greyed out until the run has changed.
    if (status === before) return;
    this.#status.replaceChildren(statusLabel(status));
    const notices = noticeOf(status, record);
    const buttons = this.#buttons(status);
    // What ended the run and the way to go on are read together.
    const [place = this.#controls] = isLive(status) ? [] : notices;
    this.#notice.replaceChildren(...notices);
    this.#controls.replaceChildren();
    place.append(...buttons);
  }

  #buttons(status: RunStatus): HTMLElement[] {
    return controls()
      .filter(({ shownFor }) => shownFor.includes(status))
      .map(({ request, icon, label }) => {
        const button = element('vscode-button', { icon, secondary: request !== 'continue' }, label);
        button.addEventListener('click', () => {
          button.disabled = request !== 'checkpoint';
          setTimeout(() => {
            button.disabled = false;
          }, ANSWER_MS);
          this.#events.onControl(request);
        });
        return button;
      });
  }

  #openForm(): void {
    if (this.#shown === undefined) return;
    const { labels, record } = this.#shown;
    const close = (): void => {
      this.#form.replaceChildren();
      this.#edit.focus();
    };
    const save = (changed: RunLabels): void => {
      this.#events.onLabels(changed);
      close();
    };
    const form = labelsForm(labels, record.experiment, save, close);
    this.#form.replaceChildren(form.root);
    form.focus();
  }
}

/** Of a run that stands still, its average: the speed of its last step says nothing of it. */
function speedText(status: RunStatus, progress: RunProgress): string {
  return status === 'running'
    ? t('{0} images/s', formatCount(progress.imagesPerSecond))
    : t('{0} images/s on average', formatCount(progress.averageImagesPerSecond));
}

function noticeOf(status: RunStatus, record: RunMessage['record']): HTMLElement[] {
  const { failure, ending, stoppedBy, step } = record;
  if (status === 'completed' && ending?.reason !== undefined)
    return [notice('info', endingTitle(ending.kind), translatedOr(ending.said, ending.reason))];
  if (status === 'failed' && failure !== undefined) {
    const { message, remedy, said } = failure;
    return [notice('error', translatedOr(said?.message, message), translatedOr(said?.remedy, remedy))];
  }
  const goOn = t('Everything up to this step is saved.');
  if (status === 'stopped' && stoppedBy === 'shutdown')
    return [
      notice('warning', t('Stopped at step {0}: the window was reloaded or closed', formatCount(step)), goOn),
    ];
  if (status === 'stopped' && stoppedBy === 'signal')
    return [notice('info', t('Stopped at step {0} by a signal', formatCount(step)), goOn)];
  if (status === 'interrupted') {
    const remedy = t('Everything up to the last checkpoint is saved.');
    return [notice('warning', t('The process that trained this run has ended unexpectedly'), remedy)];
  }
  return [];
}

function endingTitle(kind: RunEnding['kind']): string {
  switch (kind) {
    case 'length':
      return t('Completed');
    case 'patience':
      return t('Ended early: the scores had ceased to improve.');
    case 'indistinguishable':
      return t('Ended early: generated and real examples can no longer be told apart.');
  }
}

/** A message across the width of the page; `remedy` says what to do. */
export function notice(severity: 'error' | 'warning' | 'info', message: string, remedy: string): HTMLElement {
  return element(
    'div',
    { class: `notice ${severity}`, role: severity === 'error' ? 'alert' : 'status' },
    icon(severity),
    element('div', {}, element('p', { class: 'message' }, message), element('p', {}, remedy)),
  );
}
