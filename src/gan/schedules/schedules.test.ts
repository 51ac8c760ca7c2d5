import { describe, expect, it } from 'vitest';
import { bindSchedule } from './bind-schedule';
import { constant } from './constant';
import { cosine } from './cosine';
import { exponential } from './exponential';
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
    const toZero = { final: 0, over: 1 };
    expect(cosine.factor(0, toZero)).toBe(1);
    expect(cosine.factor(1 / 3, toZero)).toBeCloseTo(0.75, 12);
    expect(cosine.factor(0.5, toZero)).toBeCloseTo(0.5, 12);
    expect(cosine.factor(1, toZero)).toBeCloseTo(0, 12);
  });

  it('cosine ends at a fraction, after a part of the run', () => {
    const quarter = { final: 0.25, over: 0.5 };
    expect(cosine.factor(0, quarter)).toBe(1);
    expect(cosine.factor(0.25, quarter)).toBeCloseTo(0.625, 12);
    expect([0.5, 0.75, 1].map((progress) => cosine.factor(progress, quarter))).toEqual([0.25, 0.25, 0.25]);
  });

  it('exponential multiplies by the same factor in equal times', () => {
    expect([0, 0.5, 1].map((progress) => exponential.factor(progress, { final: 0.25 }))).toEqual([
      1, 0.5, 0.25,
    ]);
  });
});

describe('a schedule over a run', () => {
  const factors = (factor: (step: number) => number, steps: number): number[] =>
    Array.from({ length: steps }, (_, i) => factor(i + 1));

  it('is at its beginning at step 1 where there is no warm-up', () => {
    const factor = bindSchedule(linear, { start: 0 }, { warmupSteps: 0, totalSteps: 4 });
    expect(factors(factor, 4)).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it('begins when the warm-up has brought the rates up, and has the remaining steps', () => {
    const length = { warmupSteps: 4, totalSteps: 8 };
    expect(factors(bindSchedule(constant, {}, length), 8)).toEqual([0.25, 0.5, 0.75, 1, 1, 1, 1, 1]);
    expect(factors(bindSchedule(linear, { start: 0 }, length), 8)).toEqual([
      0.25, 0.5, 0.75, 1, 1, 0.75, 0.5, 0.25,
    ]);
    const half = Math.SQRT1_2;
    [0.25, 0.5, 0.75, 1, 1, (1 + half) / 2, 0.5, (1 - half) / 2].forEach((expected, i) => {
      expect(bindSchedule(cosine, { final: 0, over: 1 }, length)(i + 1)).toBeCloseTo(expected, 12);
    });
  });

  it('only warms up where the warm-up is as long as the run', () => {
    expect(
      factors(bindSchedule(cosine, { final: 0, over: 1 }, { warmupSteps: 4, totalSteps: 3 }), 3),
    ).toEqual([0.25, 0.5, 0.75]);
  });
});
