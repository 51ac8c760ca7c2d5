import { describe, expect, it } from 'vitest';
import { cutTile, fade, mirrored, TiledImage, tilesAlong } from './tiles';

describe('tiles along an axis', () => {
  it.each([
    [64, 64],
    [65, 64],
    [1000, 64],
    [700, 64],
    [129, 16],
    [40, 5],
  ])('cover %i pixels with tiles of %i, overlapping by a quarter or more', (length, size) => {
    const { starts } = tilesAlong(length, size);
    expect(starts[0]).toBe(0);
    expect((starts.at(-1) ?? 0) + size).toBe(length);
    starts.slice(1).forEach((start, i) => {
      const previous = starts[i] ?? 0;
      expect(start).toBeGreaterThan(previous);
      expect(previous + size - start).toBeGreaterThanOrEqual(Math.floor(size / 4));
    });
  });

  it('are one where the image is smaller than a tile', () => {
    expect(tilesAlong(10, 64)).toEqual({ size: 64, starts: [0] });
  });
});

it('mirrors an image at its ends without repeating them, however far', () => {
  expect(Array.from({ length: 9 }, (_, i) => mirrored(i - 2, 3))).toEqual([2, 1, 0, 1, 2, 1, 0, 1, 2]);
  expect(mirrored(17, 1)).toBe(0);
});

it('fades every tile in and out, and leaves no pixel without weight', () => {
  const weights = Array.from(fade(16));
  expect(weights).toEqual(weights.toReversed());
  expect(Math.min(...weights)).toBeGreaterThan(0);
  expect(weights.slice(4, 12)).toEqual(Array(8).fill(1));
});

const image = (height: number, width: number, channels: number): Float32Array =>
  Float32Array.from({ length: height * width * channels }, (_, i) => Math.sin(i));

/** Cuts an image up and puts it together again, with each tile changed by `change`. */
function translated(
  extent: { height: number; width: number; channels: number },
  size: number,
  change: (tile: Float32Array, index: number) => Float32Array,
): Float32Array {
  const pixels = image(extent.height, extent.width, extent.channels);
  const vertical = tilesAlong(extent.height, size);
  const horizontal = tilesAlong(extent.width, size);
  const made = new TiledImage(extent, vertical, horizontal);
  let index = 0;
  vertical.starts.forEach((top, row) => {
    horizontal.starts.forEach((left, column) => {
      const tile = new Float32Array(size * size * extent.channels);
      cutTile(pixels, extent, { top, left, tile: { height: size, width: size } }, tile);
      made.add(change(tile, index++), row, column);
    });
  });
  return made.finish();
}

describe('an image from tiles', () => {
  it.each([
    [37, 50, 3],
    [16, 16, 1],
    [5, 40, 4],
    [1, 1, 3],
  ])('is the image itself where the tiles are unchanged: %i×%i×%i', (height, width, channels) => {
    const extent = { height, width, channels };
    const made = translated(extent, 16, (tile) => tile);
    image(height, width, channels).forEach((value, i) => {
      expect(made[i]).toBeCloseTo(value, 5);
    });
  });

  it('has no step where tiles meet, although each has another brightness', () => {
    const extent = { height: 16, width: 100, channels: 1 };
    const made = translated(extent, 16, (tile, index) => new Float32Array(tile.length).fill(index % 2));
    const steps = Array.from({ length: 99 }, (_, x) => Math.abs((made[x + 1] ?? 0) - (made[x] ?? 0)));
    expect(Math.max(...made)).toBeCloseTo(1, 5);
    expect(Math.max(...steps)).toBeLessThan(0.45);
  });
});
