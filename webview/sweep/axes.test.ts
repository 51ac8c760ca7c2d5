import { describe, expect, it } from 'vitest';
import { numberText, objectiveAxis, parameterAxis } from './axes';

const range = { key: 'rate', from: 0.001, to: 0.1, isLogarithmic: true, isWhole: false };

describe('the axis of a range', () => {
  it('multiplies by equal factors on a logarithmic scale, and writes round numbers beside it', () => {
    const axis = parameterAxis(range, 'rate');
    expect(axis.position(0.01)).toBeCloseTo(0.5);
    expect(axis.textAt(0.5)).toBe('0.01');
    expect(axis.ticks.map(({ text }) => text)).toEqual([
      '0.001',
      '0.002',
      '0.005',
      '0.01',
      '0.02',
      '0.05',
      '0.1',
    ]);
  });

  it('adds equal amounts on any other', () => {
    const axis = parameterAxis({ ...range, from: 0, to: 1, isLogarithmic: false }, 'momentum');
    expect(axis.position(0.25)).toBe(0.25);
    expect(axis.ticks.map(({ text }) => text)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
  });

  it('writes whole numbers beside whole numbers', () => {
    const axis = parameterAxis({ ...range, from: 1, to: 3, isLogarithmic: false, isWhole: true }, 'steps');
    expect(axis.ticks.map(({ text }) => text)).toEqual(['1', '2', '3']);
    expect(axis.textAt(0.3)).toBe('2');
  });

  it('has its only value in the middle', () => {
    const axis = parameterAxis({ ...range, from: 5, to: 5, isLogarithmic: false }, 'size');
    expect(axis.position(5)).toBe(0.5);
    expect(axis.ticks).toEqual([{ position: 0.5, text: '5' }]);
  });

  it('writes few numbers beside many orders of magnitude', () => {
    const axis = parameterAxis({ ...range, from: 1e-12, to: 1e6 }, 'weight');
    expect(axis.ticks.length).toBeGreaterThan(2);
    expect(axis.ticks.length).toBeLessThan(8);
  });
});

describe('the axis of a list', () => {
  const axis = parameterAxis({ key: 'x', values: ['a', 2, { name: 'b' }, false] }, 'x');

  it('gives every value an equal part', () => {
    expect(['a', 2, { name: 'b' }, false].map((value) => axis.position(value))).toEqual([
      0.125, 0.375, 0.625, 0.875,
    ]);
    expect(axis.position('c')).toBeUndefined();
    expect(axis.ticks.map(({ text }) => text)).toEqual(['a', '2', '{"name":"b"}', 'false']);
    expect(axis.textAt(0.3)).toBe('2');
  });
});

describe('the axis of the objective', () => {
  it('has the best at the top, whichever way it gets better', () => {
    expect(objectiveAxis([10, 20, 30], 'lower', 'FID')?.position(10)).toBe(1);
    expect(objectiveAxis([10, 20, 30], 'higher', 'IS')?.position(10)).toBe(0);
    expect(objectiveAxis([], 'lower', 'FID')).toBeUndefined();
  });

  it('is logarithmic where values differ by more than a factor of five', () => {
    expect(objectiveAxis([1, 100], 'higher', 'x')?.position(10)).toBeCloseTo(0.5);
    expect(objectiveAxis([-1, 100], 'higher', 'x')?.position(49.5)).toBeCloseTo(0.5);
  });
});

it('shows four digits of a number', () => {
  expect([0.000512345, 12.3456, 1234567, 0, 128].map(numberText)).toEqual([
    '5.123e-4',
    '12.35',
    '1.235e+6',
    '0',
    '128',
  ]);
});
