import { describe, expect, it } from 'vitest';
import { brushBetween, brushByKey, movedBrush } from './brush';

const range = {};
const list = { categories: 4 };

describe('dragging', () => {
  it('chooses between two positions, in any order', () => {
    expect(brushBetween(range, 0.7, 0.25)).toEqual([0.25, 0.7]);
    expect(brushBetween(range, 0.5, 1.4)).toEqual([0.5, 1]);
  });

  it('reaches the end of the axis from nearby, so that the best trial is not left out', () => {
    expect(brushBetween(range, 0.98, 0.8)).toEqual([0.8, 1]);
  });

  it('chooses whole values of a list', () => {
    expect(brushBetween(list, 0.3, 0.6)).toEqual([0.25, 0.75]);
  });

  it('chooses nothing by a click, nor by the whole axis', () => {
    expect(brushBetween(range, 0.4, 0.405)).toBeUndefined();
    expect(brushBetween(range, 0, 1)).toBeUndefined();
  });

  it('moves the chosen part as far as there is room', () => {
    expect(movedBrush(range, [0.5, 0.75], 0.125)).toEqual([0.625, 0.875]);
    expect(movedBrush(range, [0.5, 0.75], 2)).toEqual([0.75, 1]);
    expect(movedBrush(list, [0.25, 0.5], -0.2)).toEqual([0, 0.25]);
  });
});

describe('the keyboard', () => {
  it('moves one end', () => {
    expect(brushByKey(list, undefined, 1, 'ArrowDown')).toEqual([0, 0.75]);
    expect(brushByKey(list, [0, 0.75], 0, 'ArrowUp')).toEqual([0.25, 0.75]);
    expect(brushByKey(range, [0.5, 1], 0, 'ArrowDown')).toEqual([0.45, 1]);
  });

  it('leaves at least one value of a list between the ends', () => {
    expect(brushByKey(list, [0.5, 0.75], 0, 'ArrowUp')).toEqual([0.5, 0.75]);
    expect(brushByKey(list, [0.5, 0.75], 1, 'Home')).toEqual([0.5, 0.75]);
  });

  it('clears the choice, and leaves other keys alone', () => {
    expect(brushByKey(range, [0.5, 1], 0, 'Escape')).toBeUndefined();
    expect(brushByKey(range, [0.5, 1], 0, 'Home')).toBeUndefined();
    expect(brushByKey(range, [0.5, 1], 0, 'a')).toBe('none');
  });
});
