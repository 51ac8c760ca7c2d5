/**
 * Tiles: an image of any size as overlapping squares of the size that a network takes, and back. Where tiles overlap,
 * each fades into the next, so that none has an edge.
 */

/** Tiles along one axis. */
export interface AxisTiles {
  /** Length of a tile. */
  readonly size: number;
  /** First pixel of each tile, ascending; neighbours overlap by a quarter of a tile or more. */
  readonly starts: readonly number[];
}

/** Minimum overlap as a fraction of a tile. */
const OVERLAP = 1 / 4;

/** An image shorter than a tile has one, which reaches beyond its end. */
export function tilesAlong(length: number, size: number): AxisTiles {
  if (length <= size) return { size, starts: [0] };
  const overlap = Math.ceil(size * OVERLAP);
  const count = Math.ceil((length - overlap) / (size - overlap));
  return {
    size,
    starts: Array.from({ length: count }, (_, i) => Math.round((i * (length - size)) / (count - 1))),
  };
}

/** Index of the pixel that stands at `index` when an axis is mirrored at its ends, which are not repeated. */
export function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((index % period) + period) % period;
  return within < length ? within : period - within;
}

/** Weight of each pixel of a tile of this length: it rises over the overlap, and falls likewise, but never to 0. */
export function fade(size: number): Float32Array {
  const ramp = Math.max(1, Math.ceil(size * OVERLAP));
  return Float32Array.from({ length: size }, (_, i) => {
    const inside = Math.min(1, (Math.min(i, size - 1 - i) + 0.5) / ramp);
    return Math.sin((inside * Math.PI) / 2) ** 2;
  });
}

export interface Extent {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Copies a tile out of `[height, width, channels]`, mirrored where it reaches beyond the image. */
export function cutTile(
  image: Float32Array,
  { height, width, channels }: Extent,
  {
    top,
    left,
    tile,
  }: { readonly top: number; readonly left: number; readonly tile: Omit<Extent, 'channels'> },
  into: Float32Array,
): void {
  let at = 0;
  for (let y = 0; y < tile.height; y++) {
    const row = mirrored(top + y, height) * width;
    for (let x = 0; x < tile.width; x++) {
      const from = (row + mirrored(left + x, width)) * channels;
      for (let c = 0; c < channels; c++) into[at++] = image[from + c] ?? 0;
    }
  }
}

/** An image that is put together from tiles: the sum of their weighted pixels, divided by the sum of the weights. */
export class TiledImage {
  readonly #extent: Extent;
  readonly #vertical: AxisTiles;
  readonly #horizontal: AxisTiles;
  /** Weights of a tile's rows and columns. */
  readonly #down: Float32Array;
  readonly #across: Float32Array;
  readonly #sums: Float32Array;

  /** @param vertical tiles in pixels of this image, which may be larger than the one that was cut up */
  constructor(extent: Extent, vertical: AxisTiles, horizontal: AxisTiles) {
    this.#extent = extent;
    this.#vertical = vertical;
    this.#horizontal = horizontal;
    this.#down = fade(vertical.size);
    this.#across = fade(horizontal.size);
    this.#sums = new Float32Array(extent.height * extent.width * extent.channels);
  }

  /** Adds `[size, size, channels]` at a row and a column of tiles. */
  add(tile: Float32Array, row: number, column: number): void {
    const { height, width, channels } = this.#extent;
    const top = this.#vertical.starts[row] ?? 0;
    const left = this.#horizontal.starts[column] ?? 0;
    this.#down.forEach((weightY, y) => {
      if (top + y >= height) return;
      this.#across.forEach((weightX, x) => {
        if (left + x >= width) return;
        const to = ((top + y) * width + left + x) * channels;
        const from = (y * this.#across.length + x) * channels;
        for (let c = 0; c < channels; c++)
          this.#sums[to + c] = (this.#sums[to + c] ?? 0) + weightY * weightX * (tile[from + c] ?? 0);
      });
    });
  }

  /** `[height, width, channels]`, once all tiles are added. */
  finish(): Float32Array {
    const { height, width, channels } = this.#extent;
    const down = weightsAlong(this.#vertical, this.#down, height);
    const across = weightsAlong(this.#horizontal, this.#across, width);
    down.forEach((weightY, y) => {
      across.forEach((weightX, x) => {
        const at = (y * width + x) * channels;
        for (let c = 0; c < channels; c++)
          this.#sums[at + c] = (this.#sums[at + c] ?? 0) / (weightY * weightX);
      });
    });
    return this.#sums;
  }
}

/** Sum of the weights of all tiles at each pixel of an axis. */
function weightsAlong({ starts }: AxisTiles, weights: Float32Array, length: number): Float32Array {
  const sums = new Float32Array(length);
  for (const start of starts)
    weights.forEach((weight, i) => {
      if (start + i < length) sums[start + i] = (sums[start + i] ?? 0) + weight;
    });
  return sums;
}
