import { describe, expect, it } from 'vitest';
import { smooth } from './smoothing';
import { outliersOf, yRange } from './y-range';

const line = (values: readonly (number | null)[]) => ({ drawn: [values], raw: [values] });

const LINEAR = { showsAll: false, isLogarithmic: false };
const calm = Array.from({ length: 200 }, (_, index) => 1 + 0.5 * Math.sin(index));
const spiky = calm.map((value, index) => (index === 90 ? 400 : value));

it('finds the outliers of a line, and no others', () => {
  const found = outliersOf(spiky, false);
  expect(found.flatMap((value, row) => (value === null ? [] : [[row, value]]))).toEqual([[90, 400]]);
  expect(outliersOf([...spiky, null], true)[90]).toBe(400);
  expect(outliersOf(calm, false)).toEqual(calm.map(() => null));
});

describe('the range of a chart', () => {
  it('is not flattened by one spike, unless all values are wanted', () => {
    const [, high] = yRange([line(spiky)], LINEAR);
    expect(high).toBeLessThan(3);
    expect(yRange([line(spiky)], { ...LINEAR, showsAll: true })[1]).toBeGreaterThanOrEqual(400);
  });

  it('is not flattened by a spike that smoothing has spread', () => {
    const [, high] = yRange([{ drawn: [smooth(spiky, 0.9)], raw: [spiky] }], LINEAR);
    expect(high).toBeLessThan(3);
  });

  it('holds every value where there is no outlier', () => {
    const [low, high] = yRange([line(calm)], LINEAR);
    expect(low).toBeLessThanOrEqual(Math.min(...calm));
    expect(high).toBeGreaterThanOrEqual(Math.max(...calm));
  });

  it('takes none of a few values for an outlier, nor a change of a constant', () => {
    expect(yRange([line([320, 120, 60, 40])], LINEAR)[1]).toBeGreaterThanOrEqual(320);
    expect(yRange([line([...calm.map(() => 2e-4), 1e-4])], LINEAR)[0]).toBeLessThanOrEqual(1e-4);
  });

  it('does not stretch a small change to full height', () => {
    const [low, high] = yRange([line([20, 20.1, 19.9])], LINEAR);
    expect(high - low).toBeGreaterThan(3.5);
    expect([low < 19.9, high > 20.1]).toEqual([true, true]);
  });

  it('begins at zero where the values come near it, and never below it for what is not negative', () => {
    expect(yRange([line([0.1, 5])], LINEAR)[0]).toBe(0);
    expect(yRange([line([-1, 5])], LINEAR)[0]).toBeLessThan(-1);
    expect(yRange([line([0, 0])], LINEAR)).toEqual([0, expect.any(Number)]);
  });

  it('stays within what the values can be, unless they do not', () => {
    const [low, high] = yRange([line([0.97, 0.99])], { ...LINEAR, limits: [0, 1] });
    expect(high).toBe(1);
    expect(low).toBeLessThan(0.9);
    expect(yRange([line([0.9, 1.02])], { ...LINEAR, limits: [0, 1] })[1]).toBe(1.02);
  });

  it('cuts outliers of a logarithmic axis too, and knows no zero there', () => {
    const [low, high] = yRange([line(spiky.map((value, index) => (index === 91 ? 0 : value)))], {
      ...LINEAR,
      isLogarithmic: true,
    });
    expect(low).toBeGreaterThan(0.1);
    expect(high).toBeLessThanOrEqual(10);
  });

  it('is some range where there is nothing to show', () => {
    expect(yRange([line([]), line([null])], LINEAR)[0]).toBe(0);
    expect(yRange([line([])], { ...LINEAR, isLogarithmic: true })[0]).toBeGreaterThan(0);
  });
});
