import { describe, expect, it } from 'vitest';
import { contour, densityOf } from './density';

describe('the density of points', () => {
  it('is highest where they are, the first row at the top', () => {
    const { values, cells } = densityOf(Float32Array.of(1, 1, 1, 1, -1, -1), 2);
    const at = (x: number, y: number): number =>
      values[Math.floor((1 - y / 2) * 0.5 * cells) * cells + Math.floor((x / 2 + 1) * 0.5 * cells)] ?? 0;
    expect(at(1, 1)).toBeCloseTo(2 * at(-1, -1), 5);
    expect(at(1, -1)).toBe(0);
  });

  it('leaves out points beyond the plane', () => {
    expect(densityOf(Float32Array.of(50, 50), 2).values.every((value) => value === 0)).toBe(true);
  });

  it('has round contours about a point', () => {
    const density = densityOf(Float32Array.of(0, 0), 2);
    const radii: number[] = [];
    contour(density, 0.5, (x0, y0, x1, y1) => {
      radii.push(Math.hypot(x0 - 0.5, y0 - 0.5), Math.hypot(x1 - 0.5, y1 - 0.5));
    });
    // Half of the maximum is at 1.177 standard deviations.
    const expected = (1.177 * 1.4) / density.cells;
    expect(radii.length).toBeGreaterThan(8);
    for (const radius of radii) expect(Math.abs(radius / expected - 1)).toBeLessThan(0.1);
  });

  it('has no contour above its maximum', () => {
    let lines = 0;
    contour(densityOf(Float32Array.of(0, 0), 2), 2, () => lines++);
    expect(lines).toBe(0);
  });
});
