/** An RGB picture that is drawn pixel by pixel: thousands of dots take milliseconds, where an SVG renderer takes a second. */
import { encode } from 'fast-png';

export type Colour = readonly [red: number, green: number, blue: number];

export class Bitmap {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 3]` of 0 … 255. */
  readonly #data: Uint8Array;

  /** White. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#data = new Uint8Array(width * height * 3).fill(255);
  }

  /** Colours every pixel of a rectangle by its column and row in it. */
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

  /** A disc with a smooth edge; what lies outside of the picture is cut off. Places are in pixels from its corner. */
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

  /** @returns PNG, made quickly rather than as small as can be */
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
