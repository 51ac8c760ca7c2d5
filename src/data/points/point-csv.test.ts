import { describe, expect, it } from 'vitest';
import { fitOf, fitted, parsePoints } from './point-csv';

const rows = (...lines: string[]): string =>
  [...lines, ...Array.from({ length: 10 }, (_, i) => `${i},${i}`)].join('\n');

describe('points in text', () => {
  it.each([
    ['commas', '0.5,-1.25'],
    ['commas and spaces', ' 0.5 , -1.25 '],
    ['semicolons', '0.5;-1.25'],
    ['tabs', '0.5\t-1.25'],
    ['spaces', '0.5   -1.25'],
    ['a heading', 'x,y\n0.5,-1.25'],
    ['a comment and an empty line', '# drawn\n\n0.5,-1.25'],
    ['a byte order mark and Windows line ends', '\uFEFFx,y\r\n0.5,-1.25\r'],
    ['exponents', '5e-1,-125E-2'],
  ])('are read with %s', (_, text) => {
    const points = parsePoints(rows(text), 'points.csv');
    expect(points).toHaveLength(22);
    expect([...points.subarray(0, 4)]).toEqual([0.5, -1.25, 0, 0]);
  });

  it.each([
    [rows('1,2,3'), 'points.csv, line 1: there are 3 values instead of two.'],
    [rows('1'), 'points.csv, line 1: there are 1 values instead of two.'],
    [rows('x,y', '1,two'), 'points.csv, line 2: "two" is not a finite number.'],
    [rows('1,2', 'x,y'), 'points.csv, line 2: "x" is not a finite number.'],
    [rows('1,'), 'points.csv, line 1: "" is not a finite number.'],
    [rows('1,Infinity'), '"Infinity" is not a finite number.'],
    ['x,y\n1,2\n3,4', 'points.csv has 2 points; at least 10 are needed.'],
    ['', 'points.csv has 0 points'],
  ])('are refused: %j', (text, problem) => {
    expect(() => parsePoints(text, 'points.csv')).toThrow(problem);
  });
});

it('points are moved and scaled alike on both axes, so that the longer side is 4', () => {
  const points = Float64Array.of(10, 100, 30, 110, 20, 105);
  const fit = fitOf(points);
  expect([...fitted(points, fit)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
    -2, -1, 2, 1, 0, 0,
  ]);
  expect(fitOf(Float64Array.of(3, 3, 3, 3))).toEqual({ centre: [3, 3], factor: 1 });
});
