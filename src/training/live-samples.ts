/**
 * Samples of the present step for somebody who watches, besides those that are recorded: nothing is written, and
 * training goes on as if nobody had watched. Only for points, whose samples take milliseconds.
 */
import type { LiveSample } from '../shared/point-sample';
import { pointSample, type Sampler } from './samples';
import type { TrainingClock } from './training-clock';

/** At most this many per second; the page interpolates. */
const PER_SECOND = 15;
/** Of the time; where samples take longer, there are fewer. */
const MAX_SHARE = 0.15;

export class LiveSamples {
  readonly #sampler: Sampler;
  readonly #clock: TrainingClock;
  readonly #show: (live: LiveSample) => void;
  readonly #nowMs: () => number;
  #isWatched = false;
  #shownStep: number | undefined;
  #notBeforeMs = Number.NEGATIVE_INFINITY;

  /** The clock stands still while a sample is made, as for scores. */
  constructor(
    sampler: Sampler,
    clock: TrainingClock,
    show: (live: LiveSample) => void,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#sampler = sampler;
    this.#clock = clock;
    this.#show = show;
    this.#nowMs = nowMs;
  }

  /** Whoever begins to watch receives the present step, whether it has been shown or not. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    this.#shownStep = undefined;
  }

  /** Call between steps. Propagates errors of the engine. */
  async offer(step: number): Promise<void> {
    const begunMs = this.#nowMs();
    if (!this.#isWatched || step === this.#shownStep || begunMs < this.#notBeforeMs) return;
    await this.#make(step);
    const tookMs = this.#nowMs() - begunMs;
    this.#notBeforeMs = begunMs + Math.max(1000 / PER_SECOND, tookMs / MAX_SHARE);
  }

  /** As `offer`, but at once: training pauses at this step. */
  async offerNow(step: number): Promise<void> {
    if (this.#isWatched && step !== this.#shownStep) await this.#make(step);
  }

  async #make(step: number): Promise<void> {
    this.#shownStep = step;
    const samples = await this.#clock.without(() => this.#sampler.sample());
    if (samples.kind === 'points') this.#show({ step, sample: pointSample(samples) });
  }
}
