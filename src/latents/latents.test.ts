import { describe, expect, it } from 'vitest';
import type { LatentPlace } from '../shared/explorer-protocol';
import { axisDirections, principalDirections } from './directions';
import { drawLatent } from './draw';
import { latentAt } from './place';
import { slerp } from './slerp';

const norm = (vector: Float32Array): number => Math.hypot(...vector);

describe('slerp', () => {
  const a = Float32Array.of(2, 0, 0);
  const b = Float32Array.of(0, 2, 0);

  it('goes along the arc, at even speed', () => {
    expect([...slerp(a, b, 0)]).toEqual([2, 0, 0]);
    const third = slerp(a, b, 1 / 3);
    expect(third[0]).toBeCloseTo(2 * Math.cos(Math.PI / 6), 6);
    expect(third[1]).toBeCloseTo(2 * Math.sin(Math.PI / 6), 6);
    const end = slerp(a, b, 1);
    expect(end[0]).toBeCloseTo(0, 6);
    expect(end[1]).toBeCloseTo(2, 6);
  });

  it('keeps the length that a straight line loses', () => {
    const [from, to] = [
      drawLatent({ size: 100, prior: 'normal' }, 1),
      drawLatent({ size: 100, prior: 'normal' }, 2),
    ];
    const least = Math.min(norm(from), norm(to));
    expect(norm(slerp(from, to, 0.5))).toBeGreaterThan(0.95 * least);
    expect(norm(from.map((value, i) => (value + (to[i] ?? 0)) / 2))).toBeLessThan(0.8 * least);
  });

  it.each([
    ['the same direction', [1, 1], [2, 2], [1.5, 1.5]],
    ['opposite directions', [1, 0], [-1, 0], [0, 0]],
    ['a latent of zeros', [0, 0], [4, 0], [2, 0]],
  ])('is a straight line for %s', (_, from, to, middle) => {
    expect([...slerp(Float32Array.from(from), Float32Array.from(to), 0.5)]).toEqual(middle);
  });
});

describe('a drawn latent', () => {
  const space = { size: 400, prior: 'normal' } as const;

  it('is the same for the same number, of the prior', () => {
    const latent = drawLatent(space, 7);
    expect(drawLatent(space, 7)).toEqual(latent);
    expect(drawLatent(space, 8)).not.toEqual(latent);
    expect(norm(latent) ** 2 / space.size).toBeCloseTo(1, 0);
    const uniform = drawLatent({ ...space, prior: 'uniform' }, 7);
    expect(Math.max(...uniform.map(Math.abs))).toBeLessThan(1);
    expect(norm(uniform) ** 2 / space.size).toBeCloseTo(1 / 3, 1);
  });

  it('has values beyond the threshold drawn again, and no others', () => {
    const latent = drawLatent(space, 7);
    const truncated = drawLatent(space, 7, 0.5);
    expect(Math.max(...truncated.map(Math.abs))).toBeLessThanOrEqual(0.5);
    let kept = 0;
    for (const [i, value] of latent.entries())
      if (Math.abs(value) <= 0.5) {
        kept++;
        expect(truncated[i]).toBe(value);
      }
    expect(kept).toBeGreaterThan(100);
    expect(() => drawLatent(space, 7, 0)).toThrow(RangeError);
  });
});

describe('directions', () => {
  it('are those that the first product stretches most, the strongest first', () => {
    // The kernel stretches known directions: by 3 along (3, 4)/5 and by 1 across it.
    const kernel = { units: 2, data: Float32Array.of(3 * 0.6, -0.8, 3 * 0.8, 0.6) };
    const [first, second] = principalDirections(kernel, 2, 5);
    expect(first?.[0]).toBeCloseTo(0.6, 6);
    expect(first?.[1]).toBeCloseTo(0.8, 6);
    expect(second?.[0]).toBeCloseTo(0.8, 6);
    expect(second?.[1]).toBeCloseTo(-0.6, 6);
  });

  it('leave out what stands beside the latent', () => {
    const kernel = { units: 1, data: Float32Array.of(1, 2, 1000) };
    const [first] = principalDirections(kernel, 2, 1);
    expect(first?.[1]).toBeCloseTo(2 / Math.sqrt(5), 6);
  });

  it('are coordinates where there is no product', () => {
    expect(axisDirections(3, 2).map((axis) => [...axis])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });
});

describe('a place', () => {
  const place: LatentPlace = { from: 1, to: 2, mix: 0, offsets: [0, 0] };
  const axes = axisDirections(4, 2);

  it('moves along its directions in deviations of the prior', () => {
    const normal = { size: 4, prior: 'normal' } as const;
    const start = drawLatent(normal, 1);
    expect(latentAt(normal, axes, place)).toEqual(start);
    const moved = latentAt(normal, axes, { ...place, offsets: [0, 1.5] });
    expect(moved[1]).toBeCloseTo((start[1] ?? 0) + 1.5, 6);
    expect([moved[0], moved[2], moved[3]]).toEqual([start[0], start[2], start[3]]);
    expect(latentAt(normal, axes, { ...place, mix: 1 })[0]).toBeCloseTo(drawLatent(normal, 2)[0] ?? 0, 6);
  });

  it('stays in the cube of a uniform prior', () => {
    const uniform = { size: 4, prior: 'uniform' } as const;
    const start = drawLatent(uniform, 1);
    const moved = latentAt(uniform, axes, { ...place, offsets: [9, -0.1] });
    expect(moved[0]).toBe(1);
    expect(moved[1]).toBeCloseTo(Math.max(-1, (start[1] ?? 0) - 0.1 / Math.sqrt(3)), 6);
  });
});
