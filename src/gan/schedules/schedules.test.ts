import { describe, expect, it } from 'vitest';
import { constant } from './constant';
import { cosine } from './cosine';
import { linear } from './linear';

describe('schedules of the learning rate', () => {
  it('constant is 1 throughout', () => {
    expect([0, 0.5, 0.999].map((progress) => constant.factor(progress, {}))).toEqual([1, 1, 1]);
  });

  it('linear is 1 to its start and falls in a line to zero', () => {
    expect([0, 0.5, 0.75, 1].map((progress) => linear.factor(progress, { start: 0.5 }))).toEqual([
      1, 1, 0.5, 0,
    ]);
    expect(linear.factor(0.25, { start: 0 })).toBe(0.75);
  });

  it('cosine follows (1 + cos πt) / 2', () => {
    expect(cosine.factor(0, {})).toBe(1);
    expect(cosine.factor(1 / 3, {})).toBeCloseTo(0.75, 12);
    expect(cosine.factor(0.5, {})).toBeCloseTo(0.5, 12);
    expect(cosine.factor(1, {})).toBeCloseTo(0, 12);
  });
});
