/**
 * An RGB bitmap drawn pixel by pixel: thousands of dots take milliseconds, compared with a second in an SVG renderer.
 */
import { encode } from 'fast-png';

export type Colour = readonly [red: number, green: number, blue: number];

export class Bitmap {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 3]` of 0 … 255. */
  readonly #data: Uint8Array;

  /** Starts out white. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#data = new Uint8Array(width * height * 3).fill(255);
  }

  /** Sets every pixel of a rectangle as a function of its column and row in it. */
  fill(
    at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
    colourOf: (column: number, row: number) => Colour,
  ): void {
    for (let row = 0; row < at.height; row++)
      for (let column = 0; column < at.width; column++) {
        const pixel = ((at.y + row) * this.width + at.x + column) * 3;
        const colour = colourOf(column, row);
        for (let c = 0; c < 3; c++) this.#data[pixel + c] = Math.round(colour[c] ?? 0);
      }
  }

  /** Draws an anti-aliased disc, clipped to the bitmap. Coordinates are in pixels from the top left corner. */
  disc(x: number, y: number, radius: number, colour: Colour, opacity: number): void {
    const reach = radius + 0.5;
    const [left, right] = [
      Math.max(0, Math.floor(x - reach)),
      Math.min(this.width - 1, Math.ceil(x + reach)),
    ];
    const [top, bottom] = [
      Math.max(0, Math.floor(y - reach)),
      Math.min(this.height - 1, Math.ceil(y + reach)),
    ];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) {
        const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const cover = opacity * Math.min(1, Math.max(0, reach - distance));
        if (cover > 0) this.#blend((row * this.width + column) * 3, colour, cover);
      }
  }

  /** @returns PNG, optimised for speed rather than size */
  encode(): Uint8Array {
    const { width, height } = this;
    return encode({ width, height, data: this.#data, channels: 3 }, { zlib: { level: 2 } });
  }

  #blend(pixel: number, colour: Colour, cover: number): void {
    for (let c = 0; c < 3; c++) {
      const under = this.#data[pixel + c] ?? 0;
      this.#data[pixel + c] = Math.round(under + ((colour[c] ?? 0) - under) * cover);
    }
  }
}
