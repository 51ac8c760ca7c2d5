/** TIFF files of floating-point values as written by measuring instruments and image libraries. */

export interface FloatTiff {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** `[height, width, channels]`. */
  readonly values: Float32Array;
}

const SHORT = 3;
const LONG = 4;
const HEADER_BYTES = 8;

/** One uncompressed strip of 32-bit floats, little-endian. */
export function floatTiff({ width, height, channels, values }: FloatTiff): Buffer {
  const entries: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 32],
    [259, SHORT, 1],
    [262, SHORT, channels === 1 ? 1 : 2],
    [273, LONG, HEADER_BYTES],
    [277, SHORT, channels],
    [278, LONG, height],
    [279, LONG, values.byteLength],
    [284, SHORT, 1],
    [339, SHORT, 3],
  ];
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [i, [tag, type, value]] of entries.entries()) {
    const at = 2 + 12 * i;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('II*\0', 'latin1');
  header.writeUInt32LE(HEADER_BYTES + values.byteLength, 4);
  return Buffer.concat([header, Buffer.from(values.buffer, values.byteOffset, values.byteLength), directory]);
}
