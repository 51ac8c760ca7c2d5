/** What run it is, how far it is, how long it will take, and the buttons that steer it. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { HostMessage } from '../src/shared/dashboard-protocol';
import type { ControlRequest, RunStatus } from '../src/shared/run-format';
import { element, icon } from './dom';
import { formatCount, formatDuration, formatValue } from './format';

export type RunMessage = Extract<HostMessage, { readonly type: 'run' }>;

interface StatusLook {
  readonly icon: string;
  readonly label: string;
}

const STATUS_LOOKS: Readonly<Record<RunStatus, StatusLook>> = {
  created: { icon: 'loading', label: 'Starting' },
  running: { icon: 'sync', label: 'Training' },
  paused: { icon: 'debug-pause', label: 'Paused' },
  stopped: { icon: 'debug-stop', label: 'Stopped' },
  completed: { icon: 'pass-filled', label: 'Completed' },
  failed: { icon: 'error', label: 'Failed' },
  interrupted: { icon: 'debug-disconnect', label: 'Interrupted' },
};

interface ControlLook {
  readonly request: ControlRequest;
  readonly icon: string;
  readonly label: string;
  readonly shownFor: readonly RunStatus[];
}

const CONTROLS: readonly ControlLook[] = [
  { request: 'pause', icon: 'debug-pause', label: 'Pause', shownFor: ['created', 'running'] },
  {
    request: 'continue',
    icon: 'debug-continue',
    label: 'Resume',
    shownFor: ['paused', 'stopped', 'failed', 'interrupted'],
  },
  {
    request: 'checkpoint',
    icon: 'save',
    label: 'Save checkpoint',
    shownFor: ['created', 'running', 'paused'],
  },
  { request: 'stop', icon: 'debug-stop', label: 'Stop', shownFor: ['created', 'running', 'paused'] },
];

export class Header {
  readonly root: HTMLElement;
  readonly #title = element('h1', {});
  readonly #id = element('span', { class: 'run-id' });
  readonly #tags = element('span', { class: 'tags' });
  readonly #note = element('p', { class: 'run-note' });
  readonly #status = element('span', { class: 'status', role: 'status' });
  readonly #progress = element('progress', { 'aria-label': 'Progress of training' });
  readonly #facts = element('p', { class: 'facts' });
  readonly #controls = element('div', { class: 'controls' });
  readonly #notice = element('div', {});
  readonly #onControl: (request: ControlRequest) => void;
  #shownStatus: RunStatus | undefined;

  constructor(onControl: (request: ControlRequest) => void) {
    this.#onControl = onControl;
    this.root = element(
      'header',
      {},
      element('div', { class: 'head' }, this.#title, this.#status, this.#id, this.#tags, this.#controls),
      this.#progress,
      this.#facts,
      this.#note,
      this.#notice,
    );
  }

  show({ record, status, labels, progress }: RunMessage): void {
    this.#title.textContent = labels.name ?? record.experiment;
    this.#tags.replaceChildren(...labels.tags.map((tag) => element('span', { class: 'tag' }, tag)));
    this.#note.textContent = labels.note;
    this.#id.textContent = record.id;
    const step = Math.max(record.step, progress?.step ?? 0);
    this.#progress.max = Math.max(1, record.totalSteps);
    this.#progress.value = step;
    const percent = Math.floor((100 * step) / Math.max(1, record.totalSteps));
    const facts = [
      `Step ${formatCount(step)} of ${formatCount(record.totalSteps)} (${percent} %)`,
      `${formatDuration(progress?.trainingSeconds ?? record.trainingSeconds)} of training`,
    ];
    if (progress !== undefined) facts.push(`${formatValue(progress.imagesPerSecond)} images/s`);
    if (status === 'running' && progress?.remainingSeconds !== undefined)
      facts.push(`about ${formatDuration(progress.remainingSeconds)} left`);
    facts.push(
      `${record.engine.name}, ${record.engine.threads === 1 ? '1 thread' : `${record.engine.threads} threads`}`,
    );
    this.#facts.replaceChildren(...facts.map((fact) => element('span', {}, fact)));
    // What is asked of a run stays greyed out until the run has changed.
    if (status === this.#shownStatus) return;
    this.#shownStatus = status;
    const look = STATUS_LOOKS[status];
    this.#status.replaceChildren(icon(look.icon), look.label);
    this.#status.className = `status ${status}`;
    this.#controls.replaceChildren(...this.#buttons(status));
    this.#notice.replaceChildren(...noticeOf(status, record));
  }

  #buttons(status: RunStatus): HTMLElement[] {
    return CONTROLS.filter(({ shownFor }) => shownFor.includes(status)).map(({ request, icon, label }) => {
      const button = element('vscode-button', { icon, secondary: request !== 'continue' }, label);
      button.addEventListener('click', () => {
        button.disabled = request !== 'checkpoint';
        this.#onControl(request);
      });
      return button;
    });
  }
}

function noticeOf(status: RunStatus, { failure }: RunMessage['record']): HTMLElement[] {
  if (status === 'failed' && failure !== undefined) return [notice('error', failure.message, failure.remedy)];
  if (status === 'interrupted') {
    const remedy = 'Nothing up to the last checkpoint is lost: resume the run from there.';
    return [notice('warning', 'The process that trained this run is gone.', remedy)];
  }
  return [];
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
