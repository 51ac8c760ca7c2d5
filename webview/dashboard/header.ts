/** The header of a run: its name, progress, remaining time, controls and labels. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import './header.css';
import { isLive, type RunEnding, type RunLabels, type RunStatus } from '../../src/shared/run-format';
import { element, iconButton } from '../shared/dom';
import { formatCount } from '../shared/format';
import { notice } from '../shared/notice';
import { statusLabel } from '../shared/status';
import { t, translatedOr } from '../shared/texts';
import { send } from './host';
import { labelsForm } from './labels-form';
import { type ControlLook, type ControlTarget, controlsOf } from './run-controls';
import { progressText, type RunMessage, runFacts, stepOf } from './run-facts';
import type { Receivers, Section } from './section';

/** After this time an unanswered request can be repeated. */
const ANSWER_MS = 8_000;

export class Header implements Section {
  readonly root: HTMLElement;
  readonly receives: Receivers = {
    run: (message) => this.#show(message),
    findings: ({ findings }) => {
      this.#hasChanges = findings.some(({ record }) => (record.changes ?? []).length > 0);
      if (this.#shown !== undefined) this.#showControls(this.#shown);
    },
  };
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
  /** Whether the findings of the run suggest changes. */
  #hasChanges = false;

  constructor() {
    this.#explore.addEventListener('click', () => send({ type: 'exploreLatents', run: 0 }));
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
  setTrusted(isTrusted: boolean): void {
    this.#edit.hidden = !isTrusted;
  }

  #show(message: RunMessage): void {
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
      if (target.kind === 'control') {
        button.disabled = target.request !== 'checkpoint';
        setTimeout(() => {
          button.disabled = false;
        }, ANSWER_MS);
      }
      sendControl(target);
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
      send({ type: 'labels', run: 0, labels: changed });
      close();
    };
    const form = labelsForm(labels, record.experiment, save, close);
    this.#form.replaceChildren(form.root);
    form.focus();
  }
}

function sendControl(target: ControlTarget): void {
  switch (target.kind) {
    case 'openExperiment':
      send({ type: 'openExperiment', run: 0 });
      break;
    case 'act':
      send({ type: 'act', run: 0, action: target.action });
      break;
    case 'control':
      send({ type: 'control', run: 0, request: target.request });
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
  if (status === 'stopped' && stoppedBy === 'pruned')
    return [notice('info', t('Pruned by its sweep at step {0}', formatCount(step)), goOn)];
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
