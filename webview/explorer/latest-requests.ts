/**
 * Asks for what a place looks like: the sample at once, and again as soon as an answer is there if the place has moved
 * since; the frames and the neighbours when nothing moves any more.
 */
import type { LatentPlace, PlaceQuestion } from '../../src/shared/explorer-protocol';
import { send } from './host';

/** A hand that moves a slider pauses for less. */
const FRAMES_DELAY_MS = 60;
const NEIGHBOURS_DELAY_MS = 220;

export class LatestRequests {
  #requests = 0;
  readonly #newest = new Map<PlaceQuestion, number>();
  #isWaiting = false;
  #next: LatentPlace | undefined;
  #framesTimer: ReturnType<typeof setTimeout> | undefined;
  #neighboursTimer: ReturnType<typeof setTimeout> | undefined;

  /** What was asked before will not be answered any more. */
  reset(): void {
    this.#newest.clear();
    this.#isWaiting = false;
    this.#next = undefined;
    clearTimeout(this.#framesTimer);
    clearTimeout(this.#neighboursTimer);
  }

  /** @param hasNewFrames whether the way between the two latents is another than before */
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

  /** Whether an answer is to the newest question of its kind; one that is not is out of date. */
  isNewest(kind: PlaceQuestion, request: number): boolean {
    return this.#newest.get(kind) === request;
  }

  /** A sample has come: the next can be asked for. */
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
