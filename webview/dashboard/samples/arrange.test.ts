import { describe, expect, it } from 'vitest';
import type { SampleGrid } from '../../../src/shared/sample-grid';
import { type Arrangement, type AvailableSpace, arrange, screenPlace } from './arrange';

function gridOf(changes: Partial<SampleGrid> & { readonly size: number }): SampleGrid {
  const { size, ...rest } = changes;
  const spaces = { scale: 1, left: 1, top: 1, gutter: 1, groupGap: 12, rowGap: 1 };
  return {
    image: { width: size, height: size },
    count: 64,
    columns: 8,
    ...spaces,
    roles: [],
    rowLabels: [],
    ...rest,
  };
}

const digits = gridOf({ size: 28 });
const pairs = gridOf({ size: 64, count: 48, columns: 12, roles: ['input', 'output', 'target'] });
const byClass = gridOf({ size: 28, count: 80, rowLabels: Array.from({ length: 10 }, (_, i) => String(i)) });

function room(width: number, height: number, changes: Partial<AvailableSpace> = {}): AvailableSpace {
  return { width, height, density: 1, headHeight: 0, headWidth: 0, labelWidth: 0, ...changes };
}
const HEADS = { headHeight: 20, headWidth: 40 };

function shareOf({ width, height }: Arrangement, of: AvailableSpace): number {
  return Math.max(width / of.width, height / of.height);
}

describe('the arrangement of a sample', () => {
  it.each([
    ['digits', digits, {}],
    ['pairs', pairs, HEADS],
    ['classes', byClass, { labelWidth: 30 }],
  ])('fills its room and stays inside: %s', (_what, grid, changes) => {
    for (const [width, height] of [
      [1800, 900],
      [900, 700],
      [600, 700],
      [500, 560],
      [440, 650],
      [320, 500],
    ] as const) {
      const space = room(width, height, changes);
      const made = arrange(grid, space);
      expect(made.width).toBeLessThanOrEqual(width);
      expect(made.height).toBeLessThanOrEqual(height);
      expect(shareOf(made, space)).toBeGreaterThan(0.8);
    }
  });

  it('repeats pixels a whole number of times, and keeps the columns of the picture where others are not better', () => {
    expect(arrange(digits, room(560, 560))).toMatchObject({ columns: 8, factor: 2 });
    expect(arrange(digits, room(720, 720))).toMatchObject({ columns: 8, factor: 3 });
    expect(arrange(digits, room(720, 720, { density: 2 }))).toMatchObject({ columns: 8, factor: 3 });
  });

  it('takes other columns where images become larger, in whole groups', () => {
    expect(arrange(pairs, room(420, 650, HEADS)).columns).toBe(6);
    expect(arrange(pairs, room(3600, 420, HEADS)).columns).toBeGreaterThan(12);
    expect(arrange(digits, room(450, 900)).columns).toBeLessThan(8);
  });

  it('keeps the rows where they are classes', () => {
    expect(arrange(byClass, room(1800, 300, { labelWidth: 30 })).columns).toBe(8);
    expect(arrange(byClass, room(200, 900, { labelWidth: 30 })).columns).toBe(8);
  });

  it('takes a factor that is not whole where a whole one would waste the room', () => {
    expect(arrange(byClass, room(440, 900)).factor).toBeCloseTo((440 - 18) / (8 * 28));
  });

  it('shrinks what is larger than its room, and leaves width for heads', () => {
    const photos = gridOf({ size: 256, count: 12, columns: 12, roles: ['input', 'output', 'target'] });
    const made = arrange(photos, room(560, 600, HEADS));
    expect(made.factor).toBeLessThan(1);
    expect(made.pitch.x).toBeGreaterThanOrEqual(40);
  });

  it('leaves more room between groups than inside', () => {
    const made = arrange(pairs, room(900, 700, HEADS));
    const x = (index: number): number => screenPlace(made, index, 3).x;
    expect(x(3) - x(2)).toBeGreaterThanOrEqual(x(2) - x(1) + 14);
    expect(x(made.columns)).toBe(x(0));
  });

  it('holds in a room that is almost none', () => {
    const made = arrange(pairs, room(10, 10, HEADS));
    expect(made.image.width).toBeGreaterThan(0);
  });
});
