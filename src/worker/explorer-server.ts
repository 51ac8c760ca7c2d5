/** Serves the latent explorer: answers only the newest request of each kind, samples before all others. */

import { EXPLORER_BATCHES, LatentExplorer, NoLatentsError } from '../latents/latent-explorer';
import { openGenerator, UntrustedError } from '../session/stored-run';
import { failureOfError } from '../shared/errors';
import {
  type FromExplorer,
  type LatentPlace,
  type OpenExplorer,
  PLACE_QUESTIONS,
  type PlaceQuestion,
  type ToExplorer,
} from '../shared/explorer-protocol';
import { type LocalizableText, verbatim } from '../shared/localizable-text';
import { type CountedProgress, throttledCount } from '../shared/throttle';
import type { ParentPort } from './parent-port';

/** Throttles progress to ten messages a second. */
const PROGRESS_INTERVAL_MS = 100;

type ExplorerPort = ParentPort<FromExplorer, ToExplorer>;

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
  #isClosed = false;

  constructor(port: ExplorerPort) {
    this.#port = port;
    port.onMessage((message) => this.#receive(message));
    port.onClose(() => {
      this.#isClosed = true;
      this.#questions.clear();
      this.#order(async () => this.#explorer?.close());
    });
  }

  #receive(message: ToExplorer): void {
    switch (message.type) {
      case 'open':
        this.#order(() => this.#open(message));
        break;
      case 'load':
        this.#order(() => this.#load(message.step));
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
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      try {
        await next();
      } catch (error) {
        if (!this.#isClosed) this.#port.send(failureOf(error));
      }
    }
    this.#isWorking = false;
  }

  #next(): (() => Promise<void>) | undefined {
    const order = this.#orders.shift();
    if (order !== undefined) return order;
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
    const explorer = await LatentExplorer.of(runFolder, { ...opened, seed: opened.config.seed });
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

function failureOf(error: unknown): FromExplorer {
  return {
    type: 'failed',
    kind:
      error instanceof NoLatentsError ? 'noLatents' : error instanceof UntrustedError ? 'untrusted' : 'other',
    ...failureOfError(error),
  };
}
