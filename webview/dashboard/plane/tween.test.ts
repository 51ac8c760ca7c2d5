import { describe, expect, it } from 'vitest';
import type { PointSample } from '../../../src/shared/point-sample';
import { between, Tween } from './tween';

const sample = (value: number, changes: Partial<PointSample> = {}): PointSample => ({
  real: Float32Array.of(9, 9),
  fake: Float32Array.of(value, -value),
  heat: Float32Array.of(value),
  heatColumns: 1,
  extent: 2,
  descent: Float32Array.of(value, value),
  ...changes,
});

describe('a sample between two', () => {
  it('is in proportion', () => {
    const half = between(sample(0), sample(2), 0.5);
    expect([...half.fake, ...half.heat, ...(half.descent ?? [])]).toEqual([1, -1, 1, 1, 1]);
    expect(between(sample(0), sample(2), 1)).toEqual(sample(2));
  });

  it('is the later one where the two do not fit', () => {
    const more = sample(2, { fake: Float32Array.of(1, 2, 3, 4) });
    expect(between(sample(0), more, 0.5).fake).toEqual(more.fake);
    expect(between(sample(0, { extent: 3 }), sample(2), 0.5)).toEqual(sample(2));
  });
});

describe('the change from sample to sample', () => {
  it('takes about as long as samples are apart, and continues from what is shown', () => {
    const tween = new Tween();
    expect(tween.at(0)).toBeUndefined();
    for (let i = 0; i <= 40; i++) tween.aim(sample(i), 100 * i);
    expect(tween.isMoving(4050)).toBe(true);
    expect(tween.at(4050)?.fake[0]).toBeCloseTo(39.5, 1);
    expect(tween.isMoving(4150)).toBe(false);
    expect(tween.at(4150)).toEqual(sample(40));
    tween.jump(sample(7));
    expect(tween.at(4151)).toEqual(sample(7));
  });

  it('does not drag after a pause', () => {
    const tween = new Tween();
    tween.aim(sample(0), 0);
    tween.aim(sample(1), 1e6);
    expect(tween.isMoving(1e6 + 400)).toBe(false);
  });
});
