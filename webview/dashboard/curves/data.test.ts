import { describe, expect, it } from 'vitest';
import { alignedColumns, type Drawing, type LineData, valueAt } from './data';

const drawing = { smoothing: 0, isRobust: false, isLogarithmic: false, hasBands: false };

it('puts lines of different steps over one axis, in their order', () => {
  const [a, b] = [
    [1, 3],
    [2, 3, 4],
  ];
  const columns = alignedColumns(
    [{ x: a, mean: [10, 30] }, { x: a, mean: [11, 31] }, undefined, { x: b, mean: [20, 30.5, 40] }],
    drawing,
  );
  expect(columns.map((column) => column.map((value) => value ?? null))).toEqual([
    [1, 2, 3, 4],
    [10, null, 30, null],
    [11, null, 31, null],
    [null, null, null, null],
    [null, 20, 30.5, 40],
  ]);
});

it('leaves out what cannot be drawn, and gives each line its band', () => {
  const line = { x: [1, 2, 3], mean: [Number.NaN, -1, 2], band: { min: [0, -2, 1], max: [1, 0, 3] } };
  expect(alignedColumns([line], { ...drawing, isLogarithmic: true, hasBands: true })).toEqual([
    [1, 2, 3],
    [null, null, 2],
    [null, null, 1],
    [1, null, 3],
  ]);
});

describe('one outlier under smoothing', () => {
  const x = Array.from({ length: 200 }, (_, index) => index);
  const calm = x.map((index) => 1 + 0.5 * Math.sin(index));
  const spiky = calm.map((value, index) => (index === 90 ? 400 : value));
  const drawnFrom90 = (line: LineData, change: Partial<Drawing>): number[] => {
    const [, own = []] = alignedColumns([line], { ...drawing, smoothing: 0.9, isRobust: true, ...change });
    return own.slice(90, 130).map(Number);
  };

  it('does not spread over the steps that follow', () => {
    expect(Math.max(...drawnFrom90({ x, mean: spiky }, {}))).toBeLessThan(2);
    expect(Math.max(...drawnFrom90({ x, mean: spiky }, { isLogarithmic: true }))).toBeLessThan(2);
    const band = { min: calm, max: spiky };
    expect(Math.max(...drawnFrom90({ x, mean: spiky, band }, { hasBands: true }))).toBeLessThan(2);
  });

  it('does where all values are wanted', () => {
    expect(Math.max(...drawnFrom90({ x, mean: spiky }, { isRobust: false }))).toBeGreaterThan(30);
  });

  it('is drawn as it is without smoothing', () => {
    expect(drawnFrom90({ x, mean: spiky }, { smoothing: 0 })[0]).toBe(400);
  });
});

it('reads the last value before a gap', () => {
  expect(valueAt([1, null, undefined, 4], 2)).toBe(1);
  expect(valueAt([1, null, undefined, 4], 3)).toBe(4);
  expect(valueAt([null, 2], 0)).toBeNull();
});
