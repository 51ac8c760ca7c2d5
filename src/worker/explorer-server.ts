/** Serves the latent explorer: answers only the newest request of each kind, samples before all others. */
import { basename } from 'node:path';
import { PictureError } from '../data/images/picture';
import { INVERSION_DEFAULTS, InversionError } from '../latents/inversion';
import { EXPLORER_BATCHES, LatentExplorer, NoLatentsError } from '../latents/latent-explorer';
import { openInversionFeatures } from '../session/inversion-features';
import { openGenerator, UntrustedError } from '../session/stored-run';
import { describeError, failureOfError } from '../shared/errors';
import {
  type FromExplorer,
  type LatentPlace,
  type OpenExplorer,
  PLACE_QUESTIONS,
  type PlaceQuestion,
  type ToExplorer,
} from '../shared/explorer-protocol';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import { type CountedProgress, throttledCount } from '../shared/throttle';
import type { ParentPort } from './parent-port';

/** Throttles progress to ten messages a second. */
const PROGRESS_INTERVAL_MS = 100;

type ExplorerPort = ParentPort<FromExplorer, ToExplorer>;

type Animation = Extract<ToExplorer, { readonly type: 'animate' }>;

interface Question {
  readonly request: number;
  readonly place: LatentPlace;
}

/** Serves one run until the port closes. */
export function serveExplorer(port: ExplorerPort): void {
  new ExplorerServer(port);
}

class ExplorerServer {
  readonly #port: ExplorerPort;
  /** Processed in order, before any request for a place. */
  readonly #orders: (() => Promise<void>)[] = [];
  readonly #questions = new Map<PlaceQuestion, Question>();
  #explorer: LatentExplorer | undefined;
  #hasNeighbours = false;
  #isWorking = false;
  #inverting: AbortController | undefined;
  #comparesFeatures = false;
  #animating: AbortController | undefined;
  #isClosed = false;

  constructor(port: ExplorerPort) {
    this.#port = port;
    port.onMessage((message) => this.#receive(message));
    port.onClose(() => {
      this.#isClosed = true;
      this.#questions.clear();
      this.#inverting?.abort();
      this.#animating?.abort();
      this.#order(async () => this.#explorer?.close());
    });
  }

  #receive(message: ToExplorer): void {
    switch (message.type) {
      case 'open':
        this.#order(() => this.#open(message));
        break;
      case 'load':
        // It would go on with other weights.
        this.#inverting?.abort();
        this.#order(() => this.#load(message.step));
        break;
      case 'invert':
        this.#orderInversion(message.file);
        break;
      case 'animate':
        this.#orderAnimation(message);
        break;
      case 'cancelAnimation':
        this.#animating?.abort();
        break;
      case 'compareFeatures':
        this.#comparesFeatures = message.isWanted;
        break;
      case 'cancelInversion':
        this.#inverting?.abort();
        break;
      case 'chosen':
        this.#order(() => this.#sendChosen(message.places));
        break;
      case 'picture':
        this.#order(() => this.#sendPicture(message.places));
        break;
      default:
        this.#questions.set(message.type, message);
        void this.#work();
    }
  }

  #order(order: () => Promise<void>): void {
    this.#orders.push(order);
    void this.#work();
  }

  /** Sequential, since the engine runs one program at a time. */
  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#do(next);
    this.#isWorking = false;
  }

  async #do(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#isClosed) this.#port.send(failureOf(error));
    }
  }

  #next(): (() => Promise<void>) | undefined {
    return this.#orders.shift() ?? this.#nextAnswer();
  }

  #nextAnswer(): (() => Promise<void>) | undefined {
    const explorer = this.#explorer;
    if (explorer === undefined) return undefined;
    for (const kind of PLACE_QUESTIONS) {
      const question = this.#questions.get(kind);
      if (question === undefined || (kind === 'neighbours' && !this.#hasNeighbours)) continue;
      this.#questions.delete(kind);
      return () => this.#answer(explorer, kind, question);
    }
    return undefined;
  }

  async #open({ runFolder, step, isTrusted }: OpenExplorer): Promise<void> {
    const opened = await this.#port.loading(() =>
      openGenerator(runFolder, step, { sampleBatches: EXPLORER_BATCHES, isTrusted }),
    );
    const explorer = await LatentExplorer.of(runFolder, {
      ...opened,
      seed: opened.config.seed,
      // An image can be compared by its pixels alone where the data is missing or not trusted.
      openFeatures: (watch) =>
        openInversionFeatures(opened, 'auto', watch).catch((error: unknown) => {
          watch.signal.throwIfAborted();
          console.error(`Images are compared by their pixels alone: ${describeError(error)}`);
          return undefined;
        }),
    });
    this.#explorer = explorer;
    const facts = await explorer.facts();
    this.#port.send({ type: 'opened', facts });
    if (facts.makes === 'points') await this.#sendPlane(explorer);
    else void this.#openNeighbours(explorer);
  }

  async #load(step: number): Promise<void> {
    const explorer = this.#explorer;
    if (explorer === undefined) return;
    await explorer.load(step);
    const facts = await explorer.facts();
    this.#port.send({ type: 'opened', facts });
    if (facts.makes === 'points') await this.#sendPlane(explorer);
  }

  /** It can be cancelled while it waits. */
  #orderInversion(file: string): void {
    this.#inverting?.abort();
    const inverting = new AbortController();
    this.#inverting = inverting;
    this.#port.send({
      type: 'inverting',
      phase: 'latent',
      name: basename(file),
      done: 0,
      total: INVERSION_DEFAULTS.steps,
    });
    this.#order(() => this.#invert(file, inverting));
  }

  async #invert(file: string, inverting: AbortController): Promise<void> {
    const explorer = this.#explorer;
    if (explorer === undefined) return;
    const name = basename(file);
    const total = INVERSION_DEFAULTS.steps;
    const tell = throttledCount<CountedProgress>(PROGRESS_INTERVAL_MS, (progress) =>
      this.#port.send({
        type: 'inverting',
        phase: progress.phase === 'classifier' ? 'classifier' : 'latent',
        name,
        done: progress.done,
        total: progress.total,
      }),
    );
    tell({ done: 0, total });
    try {
      inverting.signal.throwIfAborted();
      const { image, tiles } = await explorer.invert(file, {
        comparesFeatures: this.#comparesFeatures,
        signal: inverting.signal,
        onProgress: tell,
        // Samples follow the sliders meanwhile.
        onStep: async (done) => {
          tell({ done, total });
          await this.#pause();
        },
      });
      this.#port.send({ type: 'inverted', image, tiles });
    } catch (error) {
      if (this.#isClosed) return;
      const isPlain = inverting.signal.aborted || error instanceof InversionError;
      this.#port.send({ type: 'notInverted', ...(isPlain ? {} : { reason: reasonOfImage(name, error) }) });
      if (error instanceof InversionError) throw error;
    } finally {
      if (this.#inverting === inverting) this.#inverting = undefined;
    }
  }

  /** In the middle of an order: answers a request, and lets messages arrive, such as one that cancels. */
  async #pause(): Promise<void> {
    const answer = this.#nextAnswer();
    if (answer !== undefined) await this.#do(answer);
    // The runtime can return without waiting.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** It can be cancelled while it waits. */
  #orderAnimation(animation: Animation): void {
    this.#animating?.abort();
    const animating = new AbortController();
    this.#animating = animating;
    this.#order(() => this.#animate(animation, animating));
  }

  async #animate({ places, ...form }: Animation, animating: AbortController): Promise<void> {
    const explorer = this.#explorer;
    if (explorer === undefined) return;
    const tell = throttledCount<CountedProgress>(PROGRESS_INTERVAL_MS, ({ done, total }) =>
      this.#port.send({ type: 'animating', done, total }),
    );
    try {
      animating.signal.throwIfAborted();
      const bytes = await explorer.animation(places, form, async (done, total) => {
        tell({ done, total });
        await this.#pause();
        animating.signal.throwIfAborted();
      });
      this.#port.send({ type: 'animation', bytes });
    } catch (error) {
      if (this.#isClosed) return;
      this.#port.send({ type: 'animation' });
      if (!animating.signal.aborted) throw error;
    } finally {
      if (this.#animating === animating) this.#animating = undefined;
    }
  }

  async #sendPlane(explorer: LatentExplorer): Promise<void> {
    try {
      this.#port.send({ type: 'plane', points: await explorer.plane() });
    } catch (error) {
      // Generated points can be explored without the real ones.
      this.#port.send({ type: 'noNeighbours', reason: reasonOf(error) });
    }
  }

  /** Runs concurrently with requests: a large dataset takes a while to read. */
  async #openNeighbours(explorer: LatentExplorer): Promise<void> {
    const tell = throttledCount<CountedProgress>(PROGRESS_INTERVAL_MS, ({ done, total }) =>
      this.#port.send({ type: 'indexing', done, total }),
    );
    try {
      const { classNames } = await explorer.trainingExamples();
      if (classNames !== undefined) this.#port.send({ type: 'classes', names: classNames });
      await explorer.openNeighbours((done, total) => {
        if (this.#isClosed) throw new DOMException('Nobody looks any more.', 'AbortError');
        tell({ done, total });
      });
      this.#hasNeighbours = true;
      void this.#work();
    } catch (error) {
      if (!this.#isClosed) this.#port.send({ type: 'noNeighbours', reason: reasonOf(error) });
    }
  }

  async #answer(explorer: LatentExplorer, kind: PlaceQuestion, question: Question): Promise<void> {
    const { request, place } = question;
    switch (kind) {
      case 'sample':
        this.#port.send({ type: kind, request, made: await explorer.samples([place]) });
        return;
      case 'frames':
        this.#port.send({ type: kind, request, made: await explorer.frames(place) });
        return;
      case 'neighbours': {
        // A pending sample comes first; the request is queued again after it.
        const isWanted = (): boolean => this.#questions.size === 0 && this.#orders.length === 0;
        const found = await explorer.neighbours(place, isWanted);
        if (found !== undefined) this.#port.send({ type: 'neighbours', request, ...found });
        else if (!this.#isClosed && !this.#questions.has(kind)) this.#questions.set(kind, question);
      }
    }
  }

  async #sendChosen(places: readonly LatentPlace[]): Promise<void> {
    if (this.#explorer !== undefined)
      this.#port.send({ type: 'chosen', made: await this.#explorer.samples(places) });
  }

  async #sendPicture(places: readonly LatentPlace[]): Promise<void> {
    if (this.#explorer !== undefined)
      this.#port.send({ type: 'picture', png: await this.#explorer.picture(places) });
  }
}

function reasonOf(error: unknown): LocalizableText {
  const { message, remedy } = failureOfError(error);
  return verbatim(message, ' ', remedy);
}

function reasonOfImage(name: string, error: unknown): LocalizableText {
  return error instanceof PictureError
    ? localizable('{0} cannot be used: {1}', name, error.reason)
    : reasonOf(error);
}

function failureOf(error: unknown): FromExplorer {
  return {
    type: 'failed',
    kind:
      error instanceof NoLatentsError ? 'noLatents' : error instanceof UntrustedError ? 'untrusted' : 'other',
    ...failureOfError(error),
  };
}
