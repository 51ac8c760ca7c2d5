/** The explorer page: the sample at a place in latent space, the controls that move the place, and its surroundings. */
import {
  type ExplorerFacts,
  type ExplorerPageState,
  type FoundLatent,
  type KeptInversion,
  type LatentPlace,
  MAX_CHOSEN,
  type ToExplorerPage,
} from '../../src/shared/explorer-protocol';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';
import { ChosenSamples } from './chosen';
import { choice, randomSeed, type Slider, slider } from './controls';
import { Directions } from './directions';
import { send } from './host';
import { Interpolation } from './interpolation';
import { Inversion } from './inversion';
import { LatestRequests } from './latest-requests';
import { Neighbours } from './neighbours';
import { Plane } from './plane';
import { drawTile, tileAt } from './tiles';

/** At this value almost nothing of a normal prior is cut off, so the slider shows no truncation. */
const NO_TRUNCATION = 3;
const LEAST_TRUNCATION = 0.1;
/** Of an animation where the user has kept no samples. */
const RANDOM_STOPS = 3;

/** What is kept across a reload. */
export interface KeptExploration {
  readonly place: LatentPlace;
  readonly chosen: readonly LatentPlace[];
  readonly inverted?: KeptInversion;
}

type News = Exclude<ToExplorerPage, { readonly type: 'panel' | 'opened' | 'failed' }>;

export class ExplorerPage {
  readonly root: HTMLElement;
  #facts: ExplorerFacts;
  #place: LatentPlace;
  readonly #asker = new LatestRequests();
  readonly #onKeep: (exploration: KeptExploration) => void;
  readonly #head = element('p', { class: 'facts' });
  readonly #steps = element('span', {});
  readonly #picture = element('canvas', { class: 'picture', role: 'img', 'aria-label': t('Sample') });
  readonly #readOut = element('p', { class: 'note', 'aria-live': 'polite' });
  readonly #plane: Plane | undefined;
  readonly #way: Interpolation;
  readonly #directions: Directions;
  readonly #truncation: Slider | undefined;
  readonly #styleTruncation: Slider | undefined;
  readonly #classes = element('div', { class: 'classes' });
  readonly #neighbours: Neighbours | undefined;
  readonly #chosen: ChosenSamples | undefined;
  readonly #inversion: Inversion | undefined;

  constructor(
    name: string,
    facts: ExplorerFacts,
    before: ExplorerPageState,
    onKeep: (exploration: KeptExploration) => void,
  ) {
    this.#facts = facts;
    this.#onKeep = onKeep;
    this.#place = before.place ?? startingPlace(facts);
    const isImages = facts.makes === 'images';
    this.#plane = isImages ? undefined : new Plane();
    this.#way = new Interpolation((change) => this.#go(change));
    this.#directions = new Directions(facts, (offsets) => this.#go({ offsets }));
    this.#truncation = facts.prior === 'normal' && !facts.hasStyles ? this.#truncationSlider() : undefined;
    this.#styleTruncation = facts.hasStyles ? this.#styleTruncationSlider() : undefined;
    this.#neighbours = isImages ? new Neighbours() : undefined;
    this.#chosen = isImages
      ? new ChosenSamples(before.chosen ?? [], {
          onGo: (place) => this.#go(place),
          onChange: () => this.#keep(),
          onWanted: (places) => send({ type: 'chosen', places }),
          onExport: (places) => send({ type: 'picture', places }),
          onAnimate: (places) => send({ type: 'saveAnimation', places: this.#stopsOf(places) }),
        })
      : undefined;
    this.#inversion = isImages
      ? new Inversion(before.inverted, {
          onChoose: () => send({ type: 'chooseImage' }),
          onCancel: () => send({ type: 'cancelInversion' }),
          onCompareFeatures: (isWanted) => send({ type: 'compareFeatures', isWanted }),
          onUse: (found, end, label) => this.#use(found, end, label),
        })
      : undefined;
    this.root = this.#layOut(name);
    this.#showClasses(Array.from({ length: facts.classes }, (_, label) => String(label)));
    this.#showFacts();
    this.#show();
    this.#ask(true);
    this.#chosen?.ask();
  }

  /** Whether images can be inverted here. */
  get canInvert(): boolean {
    return this.#inversion !== undefined;
  }

  /** Another checkpoint has been loaded, or the same one again. */
  reopen(facts: ExplorerFacts): void {
    this.#facts = facts;
    this.#showFacts();
    this.#ask(true);
    this.#chosen?.ask();
    this.#keep();
  }

  receive(message: News): void {
    switch (message.type) {
      case 'classes':
        this.#showClasses(message.names);
        break;
      case 'plane':
        this.#plane?.setPoints(message.points);
        break;
      case 'sample': {
        const { made, request } = message;
        if (this.#asker.isNewest('sample', request)) this.#asker.answered();
        if (made.kind === 'images') drawTile(this.#picture, tileAt(made.tiles, 0));
        else this.#showPoint(made.points);
        break;
      }
      case 'frames':
        if (!this.#asker.isNewest('frames', message.request)) break;
        if (message.made.kind === 'images') this.#way.showFrames(message.made.tiles);
        else this.#plane?.setWay(message.made.points);
        break;
      case 'chosen':
        if (message.made.kind === 'images') this.#chosen?.show(message.made.tiles);
        break;
      case 'inverting':
        this.#inversion?.showProgress(message);
        break;
      case 'inverted':
        this.#inversion?.show(message);
        break;
      case 'notInverted':
        this.#inversion?.showEnd(message.reason);
        break;
      case 'indexing':
        this.#neighbours?.showProgress(message.done, message.total);
        break;
      case 'neighbours':
        if (this.#asker.isNewest('neighbours', message.request)) this.#neighbours?.show(message);
        break;
      case 'noNeighbours':
        this.#neighbours?.showReason(message.reason);
        this.#plane?.showReason(message.reason);
        break;
    }
  }

  #layOut(name: string): HTMLElement {
    const keepButton = element('vscode-button', { secondary: true, icon: 'pinned' }, t('Keep Sample'));
    keepButton.addEventListener('click', () => this.#choose());
    const dashboard = element('button', { class: 'link' }, t('Open Dashboard'));
    dashboard.addEventListener('click', () => send({ type: 'openDashboard' }));
    const exporting = element('button', { class: 'link' }, t('Export…'));
    exporting.addEventListener('click', () => send({ type: 'export', step: this.#facts.step }));
    const sample = element(
      'section',
      { class: 'sample-of-place', 'aria-label': t('Sample') },
      this.#plane?.root ?? this.#picture,
      this.#readOut,
      ...(this.#chosen === undefined ? [] : [keepButton]),
      ...(this.#neighbours === undefined ? [] : [this.#neighbours.root]),
    );
    const { classes } = this.#facts;
    const controls = element(
      'div',
      { class: 'place' },
      ...(this.#inversion === undefined ? [] : [this.#inversion.root]),
      this.#way.root,
      ...(classes === 0 ? [] : [section(t('Class'), this.#classes)]),
      ...(this.#truncation === undefined
        ? []
        : [
            section(
              t('Truncation'),
              this.#truncation.root,
              note(
                t(
                  'Latent values above the threshold are resampled: better single samples, less variety (Brock et al. 2019).',
                ),
              ),
            ),
          ]),
      ...(this.#styleTruncation === undefined
        ? []
        : [
            section(
              t('Truncation'),
              this.#styleTruncation.root,
              note(
                t(
                  'Styles are moved towards their average: better single samples, less variety; 0 is the average image (Karras et al. 2019).',
                ),
              ),
            ),
          ]),
      this.#directions.root,
      ...(this.#chosen === undefined ? [] : [this.#chosen.root]),
    );
    return element(
      'div',
      { class: 'page' },
      element(
        'header',
        {},
        element(
          'div',
          { class: 'head' },
          element('h1', {}, t('Latent space of {0}', name)),
          this.#steps,
          dashboard,
          exporting,
        ),
        this.#head,
      ),
      element('main', { class: 'explorer' }, sample, controls),
    );
  }

  #truncationSlider(): Slider {
    return slider(
      t('Threshold'),
      { min: LEAST_TRUNCATION, max: NO_TRUNCATION, step: 0.05 },
      (value) => (value >= NO_TRUNCATION ? t('off') : value.toFixed(2)),
      (value) => {
        const { truncation: _, ...rest } = this.#place;
        this.#set(value >= NO_TRUNCATION ? rest : { ...rest, truncation: value });
      },
    );
  }

  #styleTruncationSlider(): Slider {
    return slider(
      'ψ',
      { min: 0, max: 1, step: 0.05 },
      (value) => (value === 1 ? t('off') : value.toFixed(2)),
      (value) => {
        const { styleTruncation: _, ...rest } = this.#place;
        this.#set(value === 1 ? rest : { ...rest, styleTruncation: value });
      },
    );
  }

  #showClasses(names: readonly string[]): void {
    const chosen = String(this.#place.label ?? 0);
    const options = names.map((text, label) => ({ value: String(label), text }));
    this.#classes.replaceChildren(
      choice(t('Class'), options, chosen, (value) => this.#go({ label: Number(value) })),
    );
  }

  #showFacts(): void {
    const { step, steps, bestStep, latentSize, prior, isAveraged } = this.#facts;
    const says = (one: number): string =>
      one === bestStep ? t('Step {0} (best)', formatCount(one)) : t('Step {0}', formatCount(one));
    // The checkpoint in view may have been deleted since.
    const all = [...new Set([...steps, step])].sort((a, b) => b - a);
    this.#steps.replaceChildren(
      choice(
        t('Checkpoint'),
        all.map((one) => ({ value: String(one), text: says(one) })),
        String(step),
        (value) => send({ type: 'load', step: Number(value) }),
      ),
    );
    const priorName = prior === 'normal' ? t('normal prior') : t('uniform prior');
    const facts = [
      t('{0} dimensions, {1}', formatCount(latentSize), priorName),
      isAveraged ? t('averaged weights (EMA)') : t('weights without averaging'),
    ];
    this.#head.replaceChildren(...facts.map((fact) => element('span', {}, fact)));
  }

  #go(change: Partial<LatentPlace>): void {
    this.#set({ ...this.#place, ...change });
  }

  #set(place: LatentPlace): void {
    const { mix: _before, ...restBefore } = this.#place;
    const { mix: _after, ...rest } = place;
    this.#place = place;
    this.#show();
    this.#ask(JSON.stringify(restBefore) !== JSON.stringify(rest));
    this.#keep();
  }

  #show(): void {
    const { from, to, mix, offsets, truncation, styleTruncation, label } = this.#place;
    this.#way.show(from, to, mix);
    this.#directions.show(offsets);
    this.#truncation?.show(truncation ?? NO_TRUNCATION);
    this.#styleTruncation?.show(styleTruncation ?? 1);
    const select = this.#classes.querySelector('select');
    if (select !== null && label !== undefined) select.value = String(label);
  }

  #ask(hasNewFrames: boolean): void {
    this.#asker.ask(this.#place, hasNewFrames, this.#neighbours !== undefined);
  }

  #showPoint(points: Float32Array): void {
    this.#plane?.setPoint(points);
    const [x = 0, y = 0] = points;
    this.#readOut.textContent = t('Generated point: ({0}, {1})', x.toFixed(2), y.toFixed(2));
  }

  #choose(): void {
    const isKept = this.#chosen?.add(this.#place) ?? false;
    this.#readOut.textContent = isKept ? '' : t('You can keep up to {0} samples.', MAX_CHOSEN);
  }

  #stopsOf(chosen: readonly LatentPlace[]): readonly LatentPlace[] {
    if (chosen.length > 1) return chosen;
    const still = { mix: 0, offsets: this.#place.offsets.map(() => 0) };
    const random = Array.from({ length: RANDOM_STOPS }, () => ({
      ...this.#place,
      ...still,
      from: randomSeed(),
    }));
    return [this.#place, ...random];
  }

  /** Shows the sample of a latent that was found, at that end of the interpolation. */
  #use(found: FoundLatent, end: 'from' | 'to', label: number | undefined): void {
    this.#go({
      [end]: found,
      mix: end === 'from' ? 0 : 1,
      offsets: this.#place.offsets.map(() => 0),
      ...(label === undefined ? {} : { label }),
    });
  }

  #keep(): void {
    const inverted = this.#inversion?.kept;
    this.#onKeep({
      place: this.#place,
      chosen: this.#chosen?.places ?? [],
      ...(inverted === undefined ? {} : { inverted }),
    });
  }
}

function startingPlace({ directions, classes }: ExplorerFacts): LatentPlace {
  return {
    from: randomSeed(),
    to: randomSeed(),
    mix: 0,
    offsets: new Array<number>(directions).fill(0),
    ...(classes === 0 ? {} : { label: 0 }),
  };
}

function section(title: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...children);
}

function note(text: string): HTMLElement {
  return element('p', { class: 'note' }, text);
}
