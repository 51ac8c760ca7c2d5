/** Live requests to a running loop, which answers each between two steps. */
import { WorkbenchError } from '../shared/errors';
import type { LiveRequest } from '../shared/live-request';
import { localizable } from '../shared/localizable-text';

/** What was asked of a run does not fit it, or not its present state; training goes on as before. */
export class LiveRequestError extends WorkbenchError {}

export interface AskedRequest {
  readonly request: LiveRequest;
  done(): void;
  refuse(reason: unknown): void;
}

function ended(): LiveRequestError {
  return new LiveRequestError(localizable('Training has ended.'), localizable('Resume the run first.'));
}

export class LiveRequests {
  #waiting: AskedRequest[] = [];
  #isClosed = false;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Resolves once the request has been carried out. Rejects with the reason if it is not, with `LiveRequestError`. */
  async ask(request: LiveRequest): Promise<void> {
    if (this.#isClosed) throw ended();
    await new Promise<void>((done, refuse) => this.#waiting.push({ request, done, refuse }));
  }

  /** The next request to answer. */
  take(): AskedRequest | undefined {
    return this.#waiting.shift();
  }

  /** Refuses whatever is asked from now on, or is still waiting. */
  close(): void {
    this.#isClosed = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(ended());
  }
}
