/** Positions of the records on an x axis: non-decreasing numbers in double precision. */

const INITIAL_CAPACITY = 1024;

export class Positions {
  #values: Float64Array;
  #length: number;

  /** Takes ownership of `values`. */
  constructor(values: Float64Array = new Float64Array(0)) {
    this.#values = values;
    this.#length = values.length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(Math.max(INITIAL_CAPACITY, 2 * this.#length));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  get(index: number): number {
    return this.#values[index] ?? Number.NaN;
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  /** Index of the first position that is at least `value`; the length if there is none. */
  firstAtLeast(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.get(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
