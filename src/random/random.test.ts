import { describe, expect, it } from 'vitest';
import { Random } from './random';

function draws(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.uniform());
}

describe('the random generator', () => {
  it('is xoshiro128**: the first outputs of the reference for the state 1, 2, 3, 4', () => {
    const random = Random.restore({ words: [1, 2, 3, 4] });
    expect([random.uint32(), random.uint32(), random.uint32(), random.uint32()]).toEqual([
      11520, 0, 5927040, 70819200,
    ]);
  });

  it('repeats for a seed and differs for another seed or stream', () => {
    const first = draws(Random.seeded(5, 'latents'), 5);
    expect(draws(Random.seeded(5, 'latents'), 5)).toEqual(first);
    expect(draws(Random.seeded(6, 'latents'), 5)).not.toEqual(first);
    expect(draws(Random.seeded(5, 'shuffle'), 5)).not.toEqual(first);
    expect(draws(Random.seeded(5 + 2 ** 40, 'latents'), 5)).not.toEqual(first);
  });

  it('goes on from a saved state', () => {
    const random = Random.seeded(1, 'x');
    random.fillNormal(new Float32Array(7));
    const saved = random.state();
    expect(draws(Random.restore(saved), 4)).toEqual(draws(random, 4));
  });

  it('has the moments of its distributions', () => {
    const random = Random.seeded(2, 'moments');
    const count = 100_000;
    const normal = random.fillNormal(new Float32Array(count));
    const mean = normal.reduce((sum, value) => sum + value, 0) / count;
    const variance = normal.reduce((sum, value) => sum + value * value, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    const uniform = random.fillUniform(new Float32Array(count), -1, 3);
    expect(uniform.every((value) => value >= -1 && value < 3)).toBe(true);
    expect(Math.abs(uniform.reduce((sum, value) => sum + value, 0) / count - 1)).toBeLessThan(0.02);
  });

  it('makes permutations that favour no place', () => {
    const random = Random.seeded(3, 'permutations');
    const firsts = new Array(5).fill(0);
    for (let i = 0; i < 5000; i++) {
      const order = random.permutation(5);
      expect(new Set(order).size).toBe(5);
      firsts[order[0] ?? 0]++;
    }
    expect(firsts.every((count) => count > 850 && count < 1150)).toBe(true);
  });
});
