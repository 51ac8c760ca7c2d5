import { expect, it } from 'vitest';
import { MAX_POINTS, SIDE, Strokes } from './strokes';

/** Deterministic and uniform enough. */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

it('sprays points about strokes, as many for the same length, however it is divided', () => {
  const strokes = new Strokes(sequence());
  strokes.begin([-1, 0], 0);
  for (let i = 1; i <= 100; i++) strokes.moveTo([-1 + i / 50, 0], 0);
  expect(strokes.count).toBe(60 + 1000);
  const { points } = strokes;
  expect(points.every((value, i) => (i % 2 === 0 ? Math.abs(value) <= 1 : value === 0))).toBe(true);
  strokes.begin([0, 1], 0.1);
  const dot = strokes.points.subarray(points.length);
  expect(dot).toHaveLength(120);
  const mean = dot.reduce((sum, value, i) => sum + (i % 2 === 1 ? value : 0), 0) / 60;
  expect(mean).toBeCloseTo(1, 1);
  strokes.undo();
  expect(strokes.points).toEqual(points);
  strokes.clear();
  expect(strokes.count).toBe(0);
});

it('stays on the pad and within its limit', () => {
  const strokes = new Strokes(sequence());
  strokes.begin([2, 2], 1);
  for (let i = 0; i < 100; i++) strokes.moveTo([i % 2 === 0 ? -2 : 2, 2], 1);
  expect(strokes.count).toBe(MAX_POINTS);
  expect(strokes.points.every((value) => Math.abs(value) <= Math.fround(SIDE))).toBe(true);
});
