/**
 * A series of any length, reduced while it is read to what a plot can show: the extremes and means of stretches of
 * records. Their number is bounded, so that the plot of millions of steps takes no more memory than any other.
 */

/** Sixteen for each interval that a plot distinguishes; even, since stretches are joined in pairs. */
const MAX_STRETCHES = 9_600;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Some consecutive points. */
class Stretch {
  readonly first: Point;
  #last: Point;
  #lowest: Point | undefined;
  #highest: Point | undefined;
  #gap: Point | undefined;
  #sum: number;
  #count: number;

  constructor(point: Point) {
    const known = Number.isFinite(point.y) ? point : undefined;
    this.first = point;
    this.#last = point;
    this.#lowest = known;
    this.#highest = known;
    this.#gap = known === undefined ? point : undefined;
    this.#sum = known?.y ?? 0;
    this.#count = known === undefined ? 0 : 1;
  }

  /** Appends the stretch that follows. */
  join(next: Stretch): void {
    this.#last = next.#last;
    this.#gap ??= next.#gap;
    if (next.#lowest !== undefined && !(next.#lowest.y >= (this.#lowest?.y ?? Number.NaN)))
      this.#lowest = next.#lowest;
    if (next.#highest !== undefined && !(next.#highest.y <= (this.#highest?.y ?? Number.NaN)))
      this.#highest = next.#highest;
    this.#sum += next.#sum;
    this.#count += next.#count;
  }

  /** The first point that is not finite, the lowest and the highest, in order. */
  get extremes(): readonly Point[] {
    const points = new Set([this.#gap, this.#lowest, this.#highest]);
    return [...points].filter((point) => point !== undefined).sort((a, b) => a.x - b.x);
  }

  /** Mean of the finite values, in the middle; NaN if there are none. */
  get mean(): Point {
    return { x: (this.first.x + this.#last.x) / 2, y: this.#sum / this.#count };
  }
}

export class ReducedCurve {
  #stretches: Stretch[] = [];
  #pointsPerStretch = 1;
  #pointsInLast = 0;

  /** Points must be added in ascending order of x. */
  add(point: Point): void {
    const last = this.#stretches.at(-1);
    if (last !== undefined && this.#pointsInLast < this.#pointsPerStretch) {
      last.join(new Stretch(point));
      this.#pointsInLast++;
      return;
    }
    this.#stretches.push(new Stretch(point));
    this.#pointsInLast = 1;
    if (this.#stretches.length > MAX_STRETCHES) this.#joinPairs();
  }

  /** The newest stretch, one above the maximum, has no partner yet. */
  #joinPairs(): void {
    const joined: Stretch[] = [];
    for (const [i, stretch] of this.#stretches.entries())
      if (i % 2 === 0) joined.push(stretch);
      else joined.at(-1)?.join(stretch);
    this.#stretches = joined;
    this.#pointsPerStretch *= 2;
  }

  /** All points of a short series; of a long one, the extremes and gaps of each stretch. */
  get extremes(): readonly Point[] {
    return this.#stretches.flatMap((stretch) => stretch.extremes);
  }

  /** All points of a short series; of a long one, the mean of each stretch. */
  get means(): readonly Point[] {
    return this.#stretches.map((stretch) => stretch.mean);
  }

  /** All points of a short series; of a long one, points at even distances. */
  get evenly(): readonly Point[] {
    return this.#stretches.map((stretch) => stretch.first);
  }
}
