/** The samples with one slider through the whole run: the same latents at every step, so that steps can be compared. */
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { SampleContent } from '../../src/shared/dashboard-protocol';
import { DISCRIMINATOR_COLOUR, GENERATOR_COLOUR } from '../curves/definitions';
import { element, icon } from '../dom';
import { formatCount } from '../format';
import { onThemeChange } from '../theme';
import { SampleViewer } from './viewer';

export interface SampleSectionEvents {
  /** The sample of this step is needed. */
  onWanted(step: number): void;
  /** The sample of this step is shown. */
  onShown(step: number): void;
}

const PLAY_INTERVAL_MS = 150;
const KEPT_SAMPLES = 128;

export class SampleSection {
  readonly root: HTMLElement;
  readonly #events: SampleSectionEvents;
  readonly #viewer = new SampleViewer();
  readonly #enlarged = new SampleViewer();
  readonly #dialog: HTMLDialogElement;
  readonly #slider = element('input', {
    type: 'range',
    min: '0',
    max: '0',
    value: '0',
    'aria-label': 'Step of the sample',
  });
  readonly #label = element('output', { class: 'step-label' });
  readonly #dialogLabel = element('output', { class: 'step-label' });
  readonly #play = element('vscode-toolbar-button', {
    icon: 'play',
    label: 'Play',
    title: 'Play through the run',
  });
  readonly #content = element('div', { class: 'sample-content', hidden: true });
  readonly #legend = element('div', { class: 'legend', hidden: true });
  readonly #empty = element(
    'div',
    { class: 'empty' },
    icon('file-media empty-icon'),
    element('p', {}, 'No sample yet. The first one appears when training begins.'),
  );
  readonly #samples = new Map<number, SampleContent>();
  #steps: readonly number[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(events: SampleSectionEvents) {
    this.#events = events;
    const enlarge = button('screen-full', 'Enlarge', () => this.#enlarge());
    const controls = element(
      'div',
      { class: 'player' },
      button('chevron-left', 'Previous sample', () => this.#go(this.#index - 1)),
      this.#play,
      button('chevron-right', 'Next sample', () => this.#go(this.#index + 1)),
      this.#slider,
    );
    this.#legend.append(
      legendEntry(DISCRIMINATOR_COLOUR, 'Real'),
      legendEntry(GENERATOR_COLOUR, 'Generated'),
      element('span', { class: 'legend-entry note' }, 'Shade: what the discriminator takes a place for'),
    );
    this.#content.append(this.#viewer.root, controls, this.#legend);
    this.#dialog = this.#makeDialog();
    this.root = element(
      'section',
      { class: 'samples', 'aria-label': 'Samples' },
      element(
        'div',
        { class: 'section-head' },
        element('h2', {}, 'Samples'),
        element('span', { class: 'player' }, this.#label, enlarge),
      ),
      this.#empty,
      this.#content,
      this.#dialog,
    );
    this.#slider.addEventListener('input', () => {
      this.#stop();
      this.#go(this.#slider.valueAsNumber);
    });
    this.#play.addEventListener('click', () => (this.#timer === undefined ? this.#start() : this.#stop()));
    onThemeChange(() => {
      this.#viewer.redraw();
      this.#enlarged.redraw();
    });
  }

  get #index(): number {
    return this.#slider.valueAsNumber;
  }

  get #step(): number | undefined {
    return this.#steps[this.#index];
  }

  /** The newest sample is followed, unless another one was chosen. */
  setSteps(steps: readonly number[]): void {
    const shown = this.#step;
    const isFollowing = this.#steps.length === 0 || this.#index === this.#steps.length - 1;
    this.#steps = steps;
    this.#empty.hidden = steps.length > 0;
    this.#content.hidden = steps.length === 0;
    if (steps.length === 0) return;
    this.#slider.max = String(steps.length - 1);
    const kept = steps.findIndex((step) => shown !== undefined && step >= shown);
    this.#go(isFollowing || kept < 0 ? steps.length - 1 : kept);
  }

  receive(step: number, content: SampleContent): void {
    // What could not be read may be there when it is asked for again.
    if (content.kind !== 'unreadable') this.#samples.set(step, content);
    for (const oldest of this.#samples.keys()) {
      if (this.#samples.size <= KEPT_SAMPLES) break;
      this.#samples.delete(oldest);
    }
    if (step === this.#step) this.#show(step, content);
  }

  #go(index: number): void {
    const clamped = Math.min(this.#steps.length - 1, Math.max(0, index));
    this.#slider.value = String(clamped);
    const step = this.#step;
    if (step === undefined) return;
    const label = `Step ${formatCount(step)}`;
    this.#label.textContent = label;
    this.#dialogLabel.textContent = label;
    this.#slider.setAttribute('aria-valuetext', label);
    const content = this.#samples.get(step);
    if (content === undefined) this.#events.onWanted(step);
    else this.#show(step, content);
  }

  #show(step: number, content: SampleContent): void {
    this.#legend.hidden = content.kind !== 'points';
    this.#viewer.show(formatCount(step), content);
    if (this.#dialog.open) this.#enlarged.show(formatCount(step), content);
    this.#events.onShown(step);
  }

  #start(): void {
    if (this.#index >= this.#steps.length - 1) this.#go(0);
    this.#play.icon = 'debug-pause';
    this.#play.label = 'Stop playing';
    this.#timer = setInterval(() => {
      // A sample that has not come yet is waited for.
      if (this.#step !== undefined && !this.#samples.has(this.#step)) return;
      if (this.#index >= this.#steps.length - 1) this.#stop();
      else this.#go(this.#index + 1);
    }, PLAY_INTERVAL_MS);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.icon = 'play';
    this.#play.label = 'Play';
  }

  #makeDialog(): HTMLDialogElement {
    const close = button('close', 'Close (Escape)', () => dialog.close());
    const dialog = element(
      'dialog',
      { class: 'enlarged', 'aria-label': 'Enlarged sample' },
      element(
        'div',
        { class: 'player' },
        button('chevron-left', 'Previous sample (←)', () => this.#go(this.#index - 1)),
        button('chevron-right', 'Next sample (→)', () => this.#go(this.#index + 1)),
        this.#dialogLabel,
        close,
      ),
      this.#enlarged.root,
    );
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft') this.#go(this.#index - 1);
      else if (event.key === 'ArrowRight') this.#go(this.#index + 1);
    });
    return dialog;
  }

  #enlarge(): void {
    this.#dialog.showModal();
    this.#go(this.#index);
  }
}

function button(iconName: string, title: string, act: () => void): HTMLElement {
  const made = element('vscode-toolbar-button', { icon: iconName, label: title, title });
  made.addEventListener('click', act);
  return made;
}

function legendEntry(colour: string, label: string): HTMLElement {
  const swatch = element('span', { class: 'swatch round' });
  swatch.style.backgroundColor = `var(${colour})`;
  return element('span', { class: 'legend-entry' }, swatch, label);
}
