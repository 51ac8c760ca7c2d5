/** Points of a distribution that is drawn by hand: strokes of a pen that sprays. */

/** The pad shows [-SIDE, SIDE]², a little more than what networks for points expect. */
export const SIDE = 2.4;
/** Points for each unit of a stroke's length, and of a dot. */
const DENSITY = 500;
const DOT = 60;
/** More would only make the file larger. */
export const MAX_POINTS = 20_000;

export type Place = readonly [x: number, y: number];

export class Strokes {
  readonly #random: () => number;
  /** x, y, x, y, … of each stroke. */
  readonly #strokes: number[][] = [];
  #at: Place = [0, 0];
  /** Part of a point that the last piece left over. */
  #rest = 0;

  /** `random` draws uniformly from [0, 1). */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  get count(): number {
    return this.#strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);
  }

  get points(): Float32Array {
    return Float32Array.from(this.#strokes.flat());
  }

  /** `spread` is the standard deviation of the points about the stroke. */
  begin(at: Place, spread: number): void {
    this.#strokes.push([]);
    this.#at = at;
    this.#rest = 0;
    this.#spray(at, at, DOT, spread);
  }

  moveTo(to: Place, spread: number): void {
    const from = this.#at;
    this.#rest += DENSITY * Math.hypot(to[0] - from[0], to[1] - from[1]);
    const count = Math.floor(this.#rest);
    this.#rest -= count;
    this.#at = to;
    this.#spray(from, to, count, spread);
  }

  undo(): void {
    this.#strokes.pop();
  }

  clear(): void {
    this.#strokes.length = 0;
  }

  #spray(from: Place, to: Place, count: number, spread: number): void {
    const stroke = this.#strokes.at(-1);
    const room = Math.max(0, MAX_POINTS - this.count);
    for (let i = 0; i < Math.min(count, room); i++) {
      const share = this.#random();
      for (const axis of [0, 1] as const)
        stroke?.push(this.#clamp(from[axis] + share * (to[axis] - from[axis]) + spread * this.#normal()));
    }
  }

  #clamp(value: number): number {
    return Math.min(SIDE, Math.max(-SIDE, value));
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }
}
