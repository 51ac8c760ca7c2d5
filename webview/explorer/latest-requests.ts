/**
 * Requests what a place shows: the sample at once, and again after each answer if the place has moved since; frames and
 * neighbours are debounced.
 */
import type { LatentPlace, PlaceQuestion } from '../../src/shared/explorer-protocol';
import { send } from './host';

/** Longer than the pauses of a hand that moves a slider. */
const FRAMES_DELAY_MS = 60;
const NEIGHBOURS_DELAY_MS = 220;

export class LatestRequests {
  #requests = 0;
  readonly #newest = new Map<PlaceQuestion, number>();
  #isWaiting = false;
  #next: LatentPlace | undefined;
  #framesTimer: ReturnType<typeof setTimeout> | undefined;
  #neighboursTimer: ReturnType<typeof setTimeout> | undefined;

  /** Drops all requests, since those in flight will not be answered. */
  reset(): void {
    this.#newest.clear();
    this.#isWaiting = false;
    this.#next = undefined;
    clearTimeout(this.#framesTimer);
    clearTimeout(this.#neighboursTimer);
  }

  /** @param hasNewFrames whether the interpolation between the two latents has changed */
  ask(place: LatentPlace, hasNewFrames: boolean, hasNeighbours: boolean): void {
    if (this.#isWaiting) this.#next = place;
    else this.#sample(place);
    if (hasNewFrames) {
      clearTimeout(this.#framesTimer);
      this.#framesTimer = setTimeout(() => this.#send('frames', place), FRAMES_DELAY_MS);
    }
    clearTimeout(this.#neighboursTimer);
    if (hasNeighbours)
      this.#neighboursTimer = setTimeout(() => this.#send('neighbours', place), NEIGHBOURS_DELAY_MS);
  }

  /** Whether an answer belongs to the newest request of its kind; otherwise it is stale. */
  isNewest(kind: PlaceQuestion, request: number): boolean {
    return this.#newest.get(kind) === request;
  }

  /** A sample has arrived: the next one can be requested. */
  answered(): void {
    this.#isWaiting = false;
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) this.#sample(next);
  }

  #sample(place: LatentPlace): void {
    this.#isWaiting = true;
    this.#send('sample', place);
  }

  #send(type: PlaceQuestion, place: LatentPlace): void {
    const request = this.#requests++;
    this.#newest.set(type, request);
    send({ type, request, place });
  }
}
