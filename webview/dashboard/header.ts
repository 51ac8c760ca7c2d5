/** The header of a run: its name, progress, remaining time, controls and labels. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { RunAction, RunNews } from '../../src/shared/dashboard-protocol';
import {
  type ControlRequest,
  isLive,
  type RunEnding,
  type RunLabels,
  type RunStatus,
} from '../../src/shared/run-format';
import { element, icon, iconButton } from '../shared/dom';
import { formatCount } from '../shared/format';
import { statusLabel } from '../shared/status';
import { t, translatedOr } from '../shared/texts';
import { labelsForm } from './labels-form';
import { type ControlLook, controlsOf } from './run-controls';
import { progressText, runFacts, stepOf } from './run-facts';

export type RunMessage = Extract<RunNews, { readonly type: 'run' }>;

/** After this time an unanswered request can be repeated. */
const ANSWER_MS = 8_000;

export interface HeaderEvents {
  onControl(request: ControlRequest): void;
  onAction(action: RunAction): void;
  onOpenExperiment(): void;
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
  readonly #percent = element('strong', { class: 'percent' });
  readonly #facts = element('span', { class: 'facts' });
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
  #shownControls = '';
  #hasChanges = false;

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
        this.#edit,
        this.#status,
        this.#id,
        this.#tags,
        element('div', { class: 'controls' }, this.#explore, this.#controls),
      ),
      this.#form,
      this.#progress,
      element('div', { class: 'progress-line' }, this.#percent, this.#facts),
      this.#note,
      this.#notice,
    );
  }

  /** Labels cannot be edited in an untrusted workspace, since nothing is written there. */
  set isTrusted(isTrusted: boolean) {
    this.#edit.hidden = !isTrusted;
  }

  /** Whether the findings of the run suggest changes. */
  set hasChanges(hasChanges: boolean) {
    this.#hasChanges = hasChanges;
    if (this.#shown !== undefined) this.#showControls(this.#shown);
  }

  show(message: RunMessage): void {
    const { record, labels } = message;
    this.#shown = message;
    this.#explore.hidden = !message.hasCheckpoints || record.generatorInput === 'images';
    this.#title.textContent = labels.name ?? record.experiment;
    this.#tags.replaceChildren(...labels.tags.map((tag) => element('span', { class: 'tag' }, tag)));
    this.#note.textContent = labels.note;
    this.#id.textContent = record.id;
    this.#progress.max = Math.max(1, record.totalSteps);
    this.#progress.value = stepOf(message);
    const text = progressText(message);
    this.#progress.setAttribute('aria-valuetext', text);
    this.#percent.textContent = text;
    this.#facts.replaceChildren(...runFacts(message).map((fact) => element('span', {}, fact)));
    this.#showControls(message);
  }

  #showControls({ status, record }: RunMessage): void {
    const looks = controlsOf(status, record, this.#hasChanges);
    const shown = JSON.stringify([status, looks]);
    // Buttons with a pending request stay disabled until the status changes.
    if (shown === this.#shownControls) return;
    this.#shownControls = shown;
    this.#status.replaceChildren(statusLabel(status));
    const notices = noticeOf(status, record);
    // The reason why a run ended and the buttons to go on are shown together.
    const [told] = isLive(status) ? [] : notices;
    this.#notice.replaceChildren(...notices);
    const buttons = looks.map((look) => this.#button(look));
    this.#controls.replaceChildren(...(told === undefined ? buttons : []));
    if (told !== undefined && buttons.length > 0)
      told.append(element('div', { class: 'notice-buttons' }, ...buttons));
  }

  #button({ target, icon, label, isPrimary }: ControlLook): HTMLElement {
    const button = element('vscode-button', { icon, secondary: !isPrimary }, label);
    button.addEventListener('click', () => {
      if (target.kind === 'openExperiment') this.#events.onOpenExperiment();
      else if (target.kind === 'act') this.#events.onAction(target.action);
      else {
        button.disabled = target.request !== 'checkpoint';
        setTimeout(() => {
          button.disabled = false;
        }, ANSWER_MS);
        this.#events.onControl(target.request);
      }
    });
    return button;
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
    return [notice('warning', t('The training process ended unexpectedly'), remedy)];
  }
  return [];
}

function endingTitle(kind: RunEnding['kind']): string {
  switch (kind) {
    case 'length':
      return t('Completed');
    case 'patience':
      return t('Ended early: the scores stopped improving.');
    case 'indistinguishable':
      return t('Ended early: generated and real examples can no longer be distinguished.');
  }
}

/** A message across the width of the page; `remedy` tells the user what to do. */
export function notice(severity: 'error' | 'warning' | 'info', message: string, remedy: string): HTMLElement {
  return element(
    'div',
    { class: `notice ${severity}`, role: severity === 'error' ? 'alert' : 'status' },
    icon(severity),
    element('div', {}, element('p', { class: 'message' }, message), element('p', {}, remedy)),
  );
}
