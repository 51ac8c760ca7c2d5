import { describe, expect, it } from 'vitest';
import { normalQuantile, planeLattice } from './plane-lattice';

describe('the lattice of latents', () => {
  it('has cells of equal probability', () => {
    const { latents, rows, columns } = planeLattice({ size: 2, prior: 'uniform' });
    expect(latents.shape).toEqual([rows * columns, 2]);
    const xs = Array.from({ length: columns }, (_, i) => latents.data[2 * i] ?? Number.NaN);
    const steps = xs.slice(1).map((x, i) => x - (xs[i] ?? 0));
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-6);
    expect(xs[0]).toBeCloseTo(-0.98, 6);
    expect(latents.data[2 * columns + 1]).toBeGreaterThan(latents.data[1] ?? 0);
  });

  it('follows a normal prior, whose cells are wider in the tails', () => {
    const { latents, columns } = planeLattice({ size: 2, prior: 'normal' });
    expect(latents.data[0]).toBeCloseTo(-2.326, 2);
    expect(latents.data[columns - 1]).toBeCloseTo(0, 3);
  });

  it('is a row for one coordinate, and a slice through the origin for many', () => {
    expect(planeLattice({ size: 1, prior: 'normal' })).toMatchObject({ rows: 1 });
    const { latents } = planeLattice({ size: 5, prior: 'normal' });
    expect(latents.data.every((value, i) => i % 5 < 2 || value === 0)).toBe(true);
  });
});

it.each([
  [0.5, 0],
  [0.975, 1.959964],
  [0.01, -2.326348],
])('the normal quantile of %s is %s', (probability, quantile) => {
  expect(Math.abs(normalQuantile(probability) - quantile)).toBeLessThan(4.5e-4);
});
