/** How a run on points goes on while one watches: in slow motion, step by step, or one network at a time. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { RunNewsOf } from '../../../src/shared/dashboard-protocol';
import type { Pace } from '../../../src/shared/live-request';
import { element } from '../../shared/dom';
import { t } from '../../shared/texts';
import { send } from '../host';
import { setPace, stepOnce, stepPlayer } from '../live';

/** Steps per second. */
const PACES = [30, 10, 3, 1] as const;
const FULL = 'full';

export class PlaneControls {
  /** Hidden unless this window trains the run. */
  readonly root: HTMLElement;
  readonly #pause = element('vscode-button', { secondary: true }, t('Pause'));
  readonly #step = element('vscode-button', { icon: 'debug-step-over', secondary: true }, t('One Step'));
  readonly #players = (['discriminator', 'generator'] as const).map((player) => {
    const made = element(
      'vscode-button',
      { secondary: true },
      player === 'discriminator' ? t('D Only') : t('G Only'),
    );
    made.addEventListener('click', () => stepPlayer(player));
    return made;
  });
  readonly #pace = element('vscode-single-select', {
    label: t('Speed'),
    'aria-label': t('Speed'),
    class: 'pace',
  });
  #isPaused = false;

  constructor() {
    for (const [value, label] of [
      [FULL, t('Full speed')],
      ...PACES.map((pace) => [String(pace), paceLabel(pace)] as const),
    ] as const)
      this.#pace.append(element('vscode-option', { value }, label));
    this.#pace.addEventListener('change', () =>
      setPace(this.#pace.value === FULL ? null : Number(this.#pace.value)),
    );
    this.#pause.addEventListener('click', () => this.#togglePause());
    this.#step.addEventListener('click', stepOnce);
    this.root = element(
      'div',
      { class: 'plane-controls', role: 'toolbar', 'aria-label': t('Training controls'), hidden: true },
      this.#pause,
      this.#step,
      ...this.#players,
      this.#pace,
    );
  }

  show({ status, pace }: Pick<RunNewsOf<'run'>, 'status' | 'pace'>): void {
    this.root.hidden = pace === undefined || (status !== 'running' && status !== 'paused');
    this.#isPaused = status === 'paused';
    this.#pause.icon = this.#isPaused ? 'debug-continue' : 'debug-pause';
    this.#pause.textContent = this.#isPaused ? t('Resume') : t('Pause');
    for (const button of [this.#step, ...this.#players]) {
      button.disabled = !this.#isPaused;
      button.title = this.#isPaused ? '' : t('Pause the run first');
    }
    if (pace !== undefined) this.#showPace(pace);
  }

  #togglePause(): void {
    send({ type: 'control', run: 0, request: this.#isPaused ? 'continue' : 'pause' });
  }

  #showPace(pace: Pace): void {
    const value = pace === null ? FULL : String(pace);
    if (!this.#pace.open && this.#pace.value !== value) this.#pace.value = value;
  }
}

function paceLabel(pace: number): string {
  return pace === 1 ? t('1 step/s') : t('{0} steps/s', pace);
}
