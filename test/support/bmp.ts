/** Builds BMP files for tests, byte by byte. */

export interface BmpParts {
  readonly width: number;
  /** Negative if the rows are stored top down. */
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** Colours as blue, green, red and 0, four bytes each. */
  readonly palette?: readonly number[];
  /** Follow the 40-byte header. */
  readonly masks?: readonly number[];
  /** As stored in the file. */
  readonly pixels: Uint8Array;
}

export function bmp({
  width,
  height,
  bits,
  compression = 0,
  palette = [],
  masks = [],
  pixels,
}: BmpParts): Buffer {
  const header = Buffer.alloc(54 + 4 * masks.length + palette.length);
  header.write('BM', 'latin1');
  header.writeUInt32LE(header.length + pixels.length, 2);
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(palette.length / 4, 46);
  for (const [i, mask] of masks.entries()) header.writeUInt32LE(mask, 54 + 4 * i);
  header.set(palette, 54 + 4 * masks.length);
  return Buffer.concat([header, pixels]);
}
