/** Samples between two samples, so that points glide although the worker sends a few samples per second. */
import type { PointSample } from '../../../src/shared/point-sample';

/** Shortest and longest time that a change takes, in milliseconds. */
const SHORTEST_MS = 30;
const LONGEST_MS = 400;
/** Weight of the newest interval in the running mean. */
const NEWEST = 0.3;

/** The sample that is `share` of the way from one to the other; parts that do not fit together are those of `to`. */
export function between(from: PointSample, to: PointSample, share: number): PointSample {
  if (share >= 1 || from.extent !== to.extent) return to;
  const mixed = (a: Float32Array | undefined, b: Float32Array): Float32Array =>
    a?.length === b.length ? b.map((value, i) => (a[i] ?? 0) + share * (value - (a[i] ?? 0))) : b;
  const { descent, manifold } = to;
  return {
    ...to,
    fake: mixed(from.fake, to.fake),
    heat: mixed(from.heat, to.heat),
    ...(descent === undefined ? {} : { descent: mixed(from.descent, descent) }),
    ...(manifold === undefined
      ? {}
      : { manifold: { ...manifold, vertices: mixed(from.manifold?.vertices, manifold.vertices) } }),
  };
}

/** A change takes as long as the next sample is expected to take to arrive. */
export class Tween {
  #from: PointSample | undefined;
  #to: PointSample | undefined;
  #begunMs = 0;
  #durationMs = SHORTEST_MS;

  /** Continues from what is shown at this time. */
  aim(to: PointSample, nowMs: number): void {
    const from = this.at(nowMs);
    if (from !== undefined) {
      const sinceMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, nowMs - this.#begunMs));
      this.#durationMs += NEWEST * (sinceMs - this.#durationMs);
    }
    this.#from = from;
    this.#to = to;
    this.#begunMs = nowMs;
  }

  /** Shows this one at once. */
  jump(to: PointSample): void {
    this.#from = undefined;
    this.#to = to;
  }

  isMoving(nowMs: number): boolean {
    return this.#from !== undefined && nowMs < this.#begunMs + this.#durationMs;
  }

  at(nowMs: number): PointSample | undefined {
    if (this.#from === undefined || this.#to === undefined) return this.#to;
    return between(this.#from, this.#to, (nowMs - this.#begunMs) / this.#durationMs);
  }
}
