import { expect, it } from 'vitest';
import { gridCoordinates, type Parameter, valueAtCoordinate } from './parameter';

const at = (parameter: Parameter, ...coordinates: number[]) =>
  coordinates.map((coordinate) => valueAtCoordinate(parameter, coordinate));

it('gives each value of a list the same share', () => {
  expect(at(['a', 'b', 'c', 'd'], 0, 0.24, 0.26, 0.74, 0.76, 1)).toEqual(['a', 'a', 'b', 'c', 'd', 'd']);
});

it('spreads a range evenly, ends included', () => {
  expect(at({ from: 10, to: 20, by: 'uniform' }, 0, 0.25, 1)).toEqual([10, 12.5, 20]);
});

it('gives each order of magnitude the same share', () => {
  expect(at({ from: 0.0001, to: 1, by: 'log-uniform' }, 0, 0.25, 0.5, 1)).toEqual([0.0001, 0.001, 0.01, 1]);
});

it('gives each whole number the same share', () => {
  const coordinates = Array.from({ length: 300 }, (_, index) => (index + 0.5) / 300);
  const values = at({ from: 2, to: 4, by: 'integer' }, ...coordinates);
  expect([2, 3, 4].map((value) => values.filter((one) => one === value).length)).toEqual([100, 100, 100]);
});

it('draws sizes by orders of magnitude', () => {
  // The middle of 7.5 to 128.5.
  expect(at({ from: 8, to: 128, by: 'log-integer' }, 0, 0.5, 1)).toEqual([8, 31, 128]);
});

it('divides a range for a grid, and takes every value of a short one', () => {
  const valuesOf = (parameter: Parameter) => at(parameter, ...gridCoordinates(parameter, 3));
  expect(valuesOf({ from: 0, to: 1, by: 'uniform' })).toEqual([0, 0.5, 1]);
  expect(valuesOf({ from: 1, to: 100, by: 'log-uniform' })).toEqual([1, 10, 100]);
  expect(valuesOf({ from: 5, to: 6, by: 'integer' })).toEqual([5, 6]);
  expect(valuesOf([true, false, 'both', 'none'])).toEqual([true, false, 'both', 'none']);
});
