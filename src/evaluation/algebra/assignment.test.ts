import { describe, expect, it } from 'vitest';
import { Random } from '../../random/random';
import { assign } from './assignment';

function costsOf(size: number, seed: number, draw: (random: Random) => number): Float64Array {
  const random = Random.seeded(seed, 'costs');
  return Float64Array.from({ length: size * size }, () => draw(random));
}

/** The least cost over all permutations. */
function bruteForce(costs: Float64Array, size: number): number {
  const least = (row: number, taken: number): number => {
    if (row === size) return 0;
    let best = Number.POSITIVE_INFINITY;
    for (let column = 0; column < size; column++)
      if ((taken & (1 << column)) === 0)
        best = Math.min(best, (costs[row * size + column] ?? 0) + least(row + 1, taken | (1 << column)));
    return best;
  };
  return least(0, 0);
}

describe('the assignment', () => {
  it('is the best of all permutations, also with ties and negative costs', () => {
    for (let seed = 0; seed < 60; seed++) {
      const size = 1 + (seed % 7);
      const costs = costsOf(size, seed, (random) => (seed % 2 === 0 ? random.below(4) - 1 : random.normal()));
      const { columns, cost } = assign(costs, size);
      expect([...columns].sort()).toEqual(Array.from({ length: size }, (_, i) => i));
      expect(cost).toBeCloseTo(bruteForce(costs, size), 10);
    }
  });

  it('pairs sorted numbers in order, whatever their order is', () => {
    const random = Random.seeded(1, 'order');
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: 200 }, () => random.normal()));
    if (a === undefined || b === undefined) throw new Error('unreachable');
    const costs = Float64Array.from({ length: 200 * 200 }, (_, i) =>
      Math.abs((a[Math.floor(i / 200)] ?? 0) - (b[i % 200] ?? 0)),
    );
    const [sortedA, sortedB] = [a.toSorted(), b.toSorted()];
    const expected = sortedA.reduce((sum, value, i) => sum + Math.abs(value - (sortedB[i] ?? 0)), 0);
    expect(assign(costs, 200).cost).toBeCloseTo(expected, 8);
  });

  it('of nothing costs nothing, and infinite costs are refused', () => {
    expect(assign(new Float64Array(0), 0).cost).toBe(0);
    expect(() => assign(Float64Array.of(Number.POSITIVE_INFINITY), 1)).toThrow(RangeError);
  });
});
