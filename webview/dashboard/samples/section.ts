/** The samples, with one slider over the steps of all runs: the same latents at every step make steps comparable. */
import './samples.css';
import type { SampleContent } from '../../../src/shared/dashboard-protocol';
import type { LiveSample } from '../../../src/shared/point-sample';
import { isLive } from '../../../src/shared/run-format';
import { numberedClasses } from '../../../src/shared/sample-grid';
import { element, icon, iconButton } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/texts';
import { onThemeChange } from '../../shared/theme';
import { composePicture } from '../compose-picture';
import { keep, keptPlace, send, watchSamples } from '../host';
import { PlaneControls } from '../plane/controls';
import { PlaneLegend } from '../plane/legend';
import { DrawingPad } from '../plane/pad';
import { type RunLook, swatch } from '../run-look';
import type { Receivers, Section, SectionContext } from '../section';
import type { SectionLinks } from '../section-links';
import { nearestIndex, shownIndex } from './kept-samples';
import { RunSamples } from './run-samples';
import { SampleViewer } from './viewer';

const PLAY_INTERVAL_MS = 150;
/** Around an enlarged sample. */
const DIALOG_MARGIN_PX = { width: 74, height: 120 };

export class SampleSection implements Section {
  readonly root: HTMLElement;
  readonly receives: Receivers = {
    samples: ({ steps }, run) => this.#setSteps(run, steps),
    sample: ({ step, content }, run) => this.#receive(run, step, content),
    liveSample: (live, run) => this.#receiveLive(run, live),
    run: (news, run) => {
      if (!isLive(news.status)) this.#endLive(run);
      if (this.#runs.length === 1) this.#training.show(news);
    },
  };
  readonly #links: SectionLinks;
  #looks: readonly RunLook[];
  readonly #runs: readonly RunSamples[];
  readonly #captions: readonly HTMLElement[];
  /** Shows a single run: `#enlargedRun`, initially the first. */
  readonly #enlarged = new SampleViewer(() => ({
    width: innerWidth - DIALOG_MARGIN_PX.width,
    height: innerHeight - DIALOG_MARGIN_PX.height,
  }));
  #enlargedRun = 0;
  readonly #dialog: HTMLDialogElement;
  readonly #slider = element('input', {
    type: 'range',
    min: '0',
    max: '0',
    value: '0',
    'aria-label': t('Sample step'),
  });
  readonly #label = element('output', { class: 'step-label' });
  readonly #dialogLabel = element('output', { class: 'step-label' });
  readonly #play = iconButton('play', t('Play samples'), () => this.#togglePlaying());
  readonly #content = element('div', { class: 'sample-content', hidden: true });
  /** Controls for a sample. */
  readonly #head = element('span', { class: 'player', hidden: true });
  /** What only samples of points have. */
  readonly #plane = element('div', { class: 'plane-tools', hidden: true });
  readonly #legend = new PlaneLegend();
  readonly #training = new PlaneControls();
  readonly #pad = new DrawingPad();
  /** Points of the runs, of which live samples are requested while they are in view. */
  readonly #runsOfPoints = new Set<number>();
  #isInView = false;
  readonly #empty = element(
    'div',
    { class: 'empty' },
    icon('file-media empty-icon'),
    element('p', {}, t('No samples yet. The first appears when training starts.')),
  );
  /** Union over all runs. */
  #steps: readonly number[] = [];
  /** Undefined while the newest is followed. */
  #chosen = keptPlace().sampleStep;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor({ runs: looks, links }: SectionContext) {
    this.#links = links;
    this.#looks = looks;
    this.#runs = looks.map(() => new RunSamples(looks.length > 1));
    this.#captions = looks.map(() => element('figcaption', { class: 'sample-caption' }));
    const controls = element(
      'div',
      { class: 'player' },
      iconButton('chevron-left', t('Previous samples'), () => this.#choose(this.#index - 1)),
      this.#play,
      iconButton('chevron-right', t('Next samples'), () => this.#choose(this.#index + 1)),
      this.#slider,
    );
    this.#plane.append(this.#training.root, this.#legend.root);
    if (looks.length === 1) this.#plane.append(this.#drawButton(), this.#pad.root);
    this.#content.append(this.#viewers(), controls, this.#plane);
    this.#dialog = this.#makeDialog();
    const enlarge = iconButton('screen-full', t('Enlarge'), () => this.#enlarge(0));
    const save = iconButton('device-camera', t('Save Samples as PNG…'), () => void this.#save());
    this.#head.append(this.#label, ...(looks.length === 1 ? [enlarge] : []), save);
    this.root = element(
      'section',
      { class: 'samples', 'aria-label': t('Samples') },
      element('div', { class: 'section-head' }, element('h2', {}, t('Samples')), this.#head),
      this.#empty,
      this.#content,
      this.#dialog,
    );
    // The captions are known before the samples arrive.
    this.#caption();
    this.#slider.addEventListener('keydown', (event) => {
      if (event.key !== ' ') return;
      event.preventDefault();
      this.#togglePlaying();
    });
    this.#slider.addEventListener('input', () => {
      this.#stop();
      this.#choose(this.#slider.valueAsNumber);
    });
    onThemeChange(() => {
      for (const { viewer } of this.#runs) viewer.redraw();
      this.#enlarged.redraw();
    });
    links.renamed.listen((renamed) => {
      this.#looks = renamed;
      this.#caption();
    });
    links.stepPicked.listen((step) => this.#goTo(step));
    new IntersectionObserver((entries) => {
      this.#isInView = entries.at(-1)?.isIntersecting === true;
      this.#watch();
    }).observe(this.root);
  }

  #drawButton(): HTMLElement {
    const button = element(
      'vscode-button',
      { icon: 'edit', secondary: true, class: 'draw' },
      t('Draw a Distribution…'),
    );
    button.addEventListener('click', () => this.#pad.open());
    return button;
  }

  setTrusted(isTrusted: boolean): void {
    this.#plane.classList.toggle('untrusted', !isTrusted);
  }

  /** A single sample, or those of several runs side by side, each with the name of its run. */
  #viewers(): HTMLElement {
    const [only] = this.#runs;
    if (this.#runs.length === 1 && only !== undefined) return only.viewer.root;
    const figures = this.#runs.map(({ viewer }, run) => {
      const enlarge = iconButton('screen-full', t('Enlarge'), () => this.#enlarge(run));
      const head = element('div', { class: 'sample-head' }, this.#captions[run] ?? '', enlarge);
      return element('figure', { class: 'sample-of-run' }, head, viewer.root);
    });
    return element('div', { class: 'samples-of-runs' }, ...figures);
  }

  get #index(): number {
    return this.#slider.valueAsNumber;
  }

  get #step(): number | undefined {
    return this.#steps[this.#index];
  }

  /** Follows the newest sample unless another one is selected. */
  #setSteps(run: number, steps: readonly number[]): void {
    const samples = this.#runs[run];
    if (samples === undefined) return;
    samples.steps = steps;
    this.#steps = [...new Set(this.#runs.flatMap((one) => one.steps))].sort((a, b) => a - b);
    this.#empty.hidden = this.#steps.length > 0;
    this.#content.hidden = this.#steps.length === 0;
    this.#head.hidden = this.#content.hidden;
    if (this.#steps.length === 0) return;
    this.#slider.max = String(this.#steps.length - 1);
    this.#go(shownIndex(this.#steps, this.#chosen));
  }

  #choose(index: number): void {
    this.#go(index);
    this.#chosen = this.#index === this.#steps.length - 1 ? undefined : this.#step;
    keep({ sampleStep: this.#chosen });
    this.#watch();
  }

  /** Requests what can be seen: live samples while the newest is followed. */
  #watch(): void {
    const isWanted = this.#isInView && this.#chosen === undefined;
    watchSamples(isWanted ? [...this.#runsOfPoints] : []);
    if (this.#chosen !== undefined) for (const run of this.#runs.keys()) this.#endLive(run);
  }

  #receiveLive(run: number, live: LiveSample): void {
    const samples = this.#runs[run];
    if (samples === undefined || this.#chosen !== undefined) return;
    samples.live = live;
    samples.showLive(live);
    this.#describe({ kind: 'points', ...live.sample });
    if (this.#dialog.open && run === this.#enlargedRun)
      void this.#enlarged.show(formatCount(live.step), { kind: 'points', ...live.sample }, true);
    this.#caption();
    this.#labelStep();
  }

  /** Returns to what is recorded. */
  #endLive(run: number): void {
    const samples = this.#runs[run];
    if (samples?.live === undefined) return;
    samples.live = undefined;
    if (this.#steps.length > 0) this.#go(this.#index);
  }

  /** Shows the sample nearest to this step, which need not have one itself. */
  #goTo(step: number): void {
    if (this.#steps.length === 0) return;
    this.#stop();
    this.#choose(nearestIndex(this.#steps, step));
  }

  #receive(run: number, step: number, content: SampleContent): void {
    const samples = this.#runs[run];
    samples?.keep(step, content);
    const at = this.#step;
    if (at !== undefined && samples?.stepAt(at) === step) this.#show(run, step, content);
  }

  #go(index: number): void {
    const clamped = Math.min(this.#steps.length - 1, Math.max(0, index));
    this.#slider.value = String(clamped);
    const step = this.#step;
    if (step === undefined) return;
    this.#labelStep();
    this.#links.stepShown.send(step);
    this.#runs.forEach((samples, run) => {
      const own = samples.stepAt(step);
      if (own === undefined) return;
      const content = samples.contentOf(own);
      if (content === undefined) send({ type: 'sample', run, step: own });
      else this.#show(run, own, content);
    });
  }

  /** The step of the slider, or of the only run while it is seen live. */
  #labelStep(): void {
    const step = this.#step;
    if (step === undefined) return;
    const label = t('Step {0}', formatCount(step));
    this.#slider.setAttribute('aria-valuetext', label);
    const [only] = this.#runs;
    const live = this.#runs.length === 1 ? only?.live : undefined;
    const shown = live === undefined ? label : t('Step {0}', formatCount(live.step));
    for (const output of [this.#label, this.#dialogLabel]) {
      output.textContent = shown;
      output.classList.toggle('live', live !== undefined);
      output.title = live === undefined ? '' : t('Live: the present step, which is not recorded');
    }
  }

  #describe(content: SampleContent): void {
    this.#plane.hidden = content.kind !== 'points';
    if (content.kind === 'points') this.#legend.describe(content);
  }

  #show(run: number, step: number, content: SampleContent): void {
    const samples = this.#runs[run];
    if (content.kind === 'points' && !this.#runsOfPoints.has(run)) {
      this.#runsOfPoints.add(run);
      this.#watch();
    }
    // What is recorded while the run is seen live is not newer.
    if (samples?.live !== undefined) return;
    samples?.show(step, content);
    this.#describe(content);
    if (this.#dialog.open && run === this.#enlargedRun) void this.#enlarged.show(formatCount(step), content);
    this.#caption();
  }

  #caption(): void {
    this.#runs.forEach(({ shownStep }, run) => {
      const look = this.#looks[run];
      if (look === undefined) return;
      const name = element('span', { class: 'sample-name', title: look.name }, look.name);
      // The caption does not repeat the step of the slider.
      const isApart = shownStep !== undefined && shownStep !== this.#step;
      const step = isApart ? t('Step {0}', formatCount(shownStep)) : '';
      this.#captions[run]?.replaceChildren(
        swatch(look.colour, []),
        element('span', { class: 'sample-text' }, name, element('span', { class: 'note' }, step)),
      );
    });
  }

  get #isWaiting(): boolean {
    const at = this.#step;
    if (at === undefined) return false;
    return this.#runs.some((samples) => !samples.hasArrived(at));
  }

  #togglePlaying(): void {
    if (this.#timer === undefined) this.#start();
    else this.#stop();
  }

  #start(): void {
    if (this.#index >= this.#steps.length - 1) this.#choose(0);
    this.#play.icon = 'debug-pause';
    this.#play.label = t('Pause');
    this.#timer = setInterval(() => {
      // Playback waits for a sample in flight.
      if (this.#isWaiting) return;
      if (this.#index >= this.#steps.length - 1) this.#stop();
      else this.#choose(this.#index + 1);
    }, PLAY_INTERVAL_MS);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.icon = 'play';
    this.#play.label = t('Play samples');
  }

  #makeDialog(): HTMLDialogElement {
    const close = iconButton('close', t('Close (Escape)'), () => dialog.close());
    const dialog = element(
      'dialog',
      { class: 'enlarged', 'aria-label': t('Enlarged samples') },
      element(
        'div',
        { class: 'player' },
        iconButton('chevron-left', t('Previous samples (←)'), () => this.#choose(this.#index - 1)),
        iconButton('chevron-right', t('Next samples (→)'), () => this.#choose(this.#index + 1)),
        this.#dialogLabel,
        close,
      ),
      this.#enlarged.root,
    );
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft') this.#choose(this.#index - 1);
      else if (event.key === 'ArrowRight') this.#choose(this.#index + 1);
    });
    return dialog;
  }

  #enlarge(run: number): void {
    this.#enlargedRun = run;
    this.#dialog.showModal();
    this.#go(this.#index);
    const live = this.#runs[run]?.live;
    if (live !== undefined) this.#receiveLive(run, live);
  }

  /** The grid of a single run is saved as the run wrote it, unless that numbers classes that the page can name. */
  async #save(): Promise<void> {
    const at = this.#step;
    if (at === undefined) return;
    const [only] = this.#runs;
    const content = this.#runs.length === 1 ? only?.contentOf(at) : undefined;
    if (content?.kind === 'image' && numberedClasses(content.grid?.rowLabels ?? []).length === 0) {
      send({ type: 'savePicture', subject: 'samples', step: at, png: content.png });
      return;
    }
    const tiles = this.#runs.flatMap(({ viewer, shownStep }, run) => {
      const step = shownStep === undefined ? '' : t('Step {0}', formatCount(shownStep));
      const isShown = viewer.canvas.isConnected;
      return isShown
        ? [{ title: this.#looks[run]?.name ?? '', legend: [{ text: step }], picture: viewer.canvas }]
        : [];
    });
    if (tiles.length > 0)
      send({ type: 'savePicture', subject: 'samples', step: at, png: await composePicture([tiles]) });
  }
}
