/** The linear assignment problem: which row goes with which column so that the sum of the costs is smallest. */

export interface Assignment {
  /** Column of each row. */
  readonly columns: Int32Array;
  readonly cost: number;
}

/**
 * Solves it exactly by shortest augmenting paths, in O(size³) (Jonker and Volgenant 1987, "A shortest augmenting path
 * algorithm for dense and sparse linear assignment problems"; here without their initialisation).
 *
 * @param costs `[size, size]`, row-major and finite
 */
export function assign(costs: Float64Array, size: number): Assignment {
  const solver = new AugmentingPaths(costs, size);
  for (let row = 0; row < size; row++) solver.add(row);
  const { columns } = solver;
  return { columns, cost: columns.reduce((sum, column, row) => sum + (costs[row * size + column] ?? 0), 0) };
}

const NONE = -1;

/** The rows that have been added are assigned optimally; the dual prices of rows and columns prove it. */
class AugmentingPaths {
  readonly columns: Int32Array;
  readonly #costs: Float64Array;
  readonly #size: number;
  readonly #rows: Int32Array;
  readonly #rowPrices: Float64Array;
  readonly #columnPrices: Float64Array;
  /** Length of the shortest path to each column, and the row before it. */
  readonly #distances: Float64Array;
  readonly #before: Int32Array;
  readonly #isScanned: Uint8Array;

  constructor(costs: Float64Array, size: number) {
    this.#costs = costs;
    this.#size = size;
    this.columns = new Int32Array(size).fill(NONE);
    this.#rows = new Int32Array(size).fill(NONE);
    this.#rowPrices = new Float64Array(size);
    this.#columnPrices = new Float64Array(size);
    this.#distances = new Float64Array(size);
    this.#before = new Int32Array(size);
    this.#isScanned = new Uint8Array(size);
  }

  add(added: number): void {
    this.#distances.fill(Number.POSITIVE_INFINITY);
    this.#isScanned.fill(0);
    let [row, length, end] = [added, 0, NONE];
    while (end === NONE) {
      this.#relax(row, length);
      const nearest = this.#nearest();
      length = this.#distances[nearest] ?? 0;
      this.#isScanned[nearest] = 1;
      const next = this.#rows[nearest] ?? NONE;
      if (next === NONE) end = nearest;
      else row = next;
    }
    this.#reprice(added, length);
    this.#augment(added, end);
  }

  /** Continues the paths over a row that the shortest path of this length leads to. */
  #relax(row: number, length: number): void {
    const base = length - (this.#rowPrices[row] ?? 0);
    const offset = row * this.#size;
    for (let column = 0; column < this.#size; column++) {
      if (this.#isScanned[column] === 1) continue;
      const distance = base + (this.#costs[offset + column] ?? 0) - (this.#columnPrices[column] ?? 0);
      if (distance >= (this.#distances[column] ?? 0)) continue;
      this.#distances[column] = distance;
      this.#before[column] = row;
    }
  }

  #nearest(): number {
    let [nearest, shortest] = [NONE, Number.POSITIVE_INFINITY];
    for (let column = 0; column < this.#size; column++) {
      const distance = this.#distances[column] ?? 0;
      if (this.#isScanned[column] === 1 || distance >= shortest) continue;
      [nearest, shortest] = [column, distance];
    }
    if (nearest === NONE) throw new RangeError('the costs of an assignment must be finite');
    return nearest;
  }

  #reprice(added: number, length: number): void {
    this.#rowPrices[added] = (this.#rowPrices[added] ?? 0) + length;
    for (let column = 0; column < this.#size; column++) {
      if (this.#isScanned[column] !== 1) continue;
      const slack = length - (this.#distances[column] ?? 0);
      this.#columnPrices[column] = (this.#columnPrices[column] ?? 0) - slack;
      const row = this.#rows[column] ?? NONE;
      if (row !== NONE) this.#rowPrices[row] = (this.#rowPrices[row] ?? 0) + slack;
    }
  }

  #augment(added: number, end: number): void {
    for (let column = end, row = NONE; row !== added; ) {
      row = this.#before[column] ?? NONE;
      const previous = this.columns[row] ?? NONE;
      this.#rows[column] = row;
      this.columns[row] = column;
      column = previous;
    }
  }
}
