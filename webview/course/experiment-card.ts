/** An experiment within a lesson: starts it, and shows how its newest run is doing. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ShownExperiment } from '../../src/shared/course-protocol';
import { isLive } from '../../src/shared/run-format';
import { element, icon } from '../shared/dom';
import { formatCount } from '../shared/format';
import { statusLabel } from '../shared/status';
import { t } from '../shared/texts';
import { send } from './host';

export class ExperimentCard {
  readonly name: string;
  readonly root: HTMLElement;
  readonly #start = element('vscode-button', { icon: 'play' });
  readonly #openRun = element('button', { class: 'link', hidden: true }, t('Open Dashboard'));
  readonly #facts = element('p', { class: 'facts', role: 'status' });
  readonly #sample = element('div', { class: 'sample', hidden: true });
  #address: string | undefined;
  #shown: ShownExperiment | undefined;
  #isLocked = false;

  /** @param title text of its link in the lesson */
  constructor(name: string, title: string) {
    this.name = name;
    const edit = element('button', { class: 'link' }, icon('go-to-file'), ` ${name}.gan.json`);
    edit.addEventListener('click', () => send({ type: 'edit', experiment: name }));
    this.#start.addEventListener('click', () => send({ type: 'start', experiment: name }));
    this.#openRun.addEventListener('click', () => {
      const folder = this.#shown?.run?.folder;
      if (folder !== undefined) send({ type: 'openRun', folder });
    });
    this.root = element(
      'section',
      { class: 'experiment', 'aria-label': title, 'data-experiment': name },
      element('div', { class: 'experiment-head' }, element('strong', {}, title), edit),
      element('div', { class: 'actions' }, this.#start, this.#openRun),
      this.#facts,
      this.#sample,
    );
    this.#update();
  }

  /** Not to be started before the predictions are made. */
  set isLocked(isLocked: boolean) {
    this.#isLocked = isLocked;
    this.#update();
  }

  show(experiment: ShownExperiment): void {
    this.#shown = experiment;
    this.#update();
  }

  showSample(step: number, png: Uint8Array<ArrayBuffer>): void {
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
    this.#address = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
    const alt = t('Samples at step {0}', formatCount(step));
    this.#sample.replaceChildren(element('img', { src: this.#address, alt, title: alt }));
    this.#sample.hidden = false;
  }

  #update(): void {
    const { run, isQueued = false } = this.#shown ?? {};
    const isBusy = isQueued || (run !== undefined && isLive(run.status));
    this.#start.textContent = run === undefined ? t('Start Training') : t('Train Again');
    this.#start.toggleAttribute('disabled', this.#isLocked || isBusy);
    this.#openRun.hidden = run === undefined;
    if (this.#isLocked && run === undefined) this.#facts.replaceChildren(t('Make your prediction first.'));
    else if (run === undefined) this.#facts.replaceChildren(isQueued ? t('Waiting') : '');
    else
      this.#facts.replaceChildren(
        statusLabel(run.status),
        ` ${t('Step {0} of {1}', formatCount(run.step), formatCount(run.totalSteps))}`,
      );
    this.#facts.hidden = this.#facts.childNodes.length === 0 || this.#facts.textContent === '';
  }
}
