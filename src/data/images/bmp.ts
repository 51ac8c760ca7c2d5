/**
 * Decodes BMP, which libvips does not support. The header is checked against the file size before memory is allocated:
 * 54 bytes can claim gigabytes.
 */
import { open } from 'node:fs/promises';
import { localizable } from '../../shared/localizable-text';
import { PictureError, type RawPicture } from './picture';

/** Header size up to and including the last mask used. */
const HEADER_BYTES = 70;
/** Sizes of the header versions of Windows, which share their first fields. */
const HEADER_SIZES: ReadonlySet<number> = new Set([40, 52, 56, 108, 124]);
const RUNS_OF_8 = 1;
const RUNS_OF_4 = 2;
/** Compressions in which each pixel is an integer whose bits are assigned to channels by masks. */
const MASKED: ReadonlySet<number> = new Set([3, 6]);
/** Maximum number of pixels encoded by two bytes of run-length data. */
const LONGEST_RUN = 255;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  /** Bits per pixel. */
  readonly bits: number;
  readonly compression: number;
  readonly colours: number;
  readonly paletteStart: number;
  readonly pixelsStart: number;
  /** Red, green, blue and optionally alpha. */
  readonly masks: readonly number[];
}

/** Reads only the header. Throws `PictureError` if the file is too small for it. */
export async function bmpSize(file: string): Promise<{ readonly width: number; readonly height: number }> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(HEADER_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEADER_BYTES, 0);
    return headerOf(head.subarray(0, bytesRead), (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

/** Throws `PictureError`. @param bytes the whole file */
export function decodeBmp(bytes: Buffer): RawPicture {
  const header = headerOf(bytes, bytes.length);
  return header.bits <= 8 ? indexedPixels(bytes, header) : directPixels(bytes, header);
}

function headerOf(head: Buffer, fileSize: number): Header {
  if (head.length < 54 || head.toString('latin1', 0, 2) !== 'BM')
    throw new PictureError(localizable('Not a BMP file'));
  const size = head.readUInt32LE(14);
  const [bits, compression] = [head.readUInt16LE(28), head.readUInt32LE(30)];
  const isRuns = (compression === RUNS_OF_8 && bits === 8) || (compression === RUNS_OF_4 && bits === 4);
  const isMasked = MASKED.has(compression) && (bits === 16 || bits === 32);
  const isPlain = compression === 0 && [1, 4, 8, 16, 24, 32].includes(bits);
  if (!HEADER_SIZES.has(size) || !(isRuns || isMasked || isPlain))
    throw new PictureError(
      localizable(
        'Unsupported BMP format (header of {0} bytes, {1} bits per pixel, compression {2})',
        size,
        bits,
        compression,
      ),
    );
  const [width, signedHeight] = [head.readInt32LE(18), head.readInt32LE(22)];
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw new PictureError(localizable('Empty image'));
  // The masks follow the short header, but are part of the longer ones.
  const masksBytes = isMasked && size === 40 ? (compression === 6 ? 16 : 12) : 0;
  const hasAlpha = size >= 56 || compression === 6;
  if (isMasked && head.length < HEADER_BYTES)
    throw new PictureError(localizable('The file ends inside its header'));
  const header: Header = {
    width,
    height,
    isTopDown: signedHeight < 0,
    bits,
    compression,
    colours: Math.min(head.readUInt32LE(46) || 2 ** bits, 2 ** bits),
    paletteStart: 14 + size + masksBytes,
    pixelsStart: head.readUInt32LE(10),
    masks: isMasked
      ? [54, 58, 62, ...(hasAlpha ? [66] : [])].map((at) => head.readUInt32LE(at))
      : [0x7c00, 0x03e0, 0x001f],
  };
  const held = Math.max(0, fileSize - header.pixelsStart);
  const isShort = isRuns
    ? 2 * width * height > LONGEST_RUN * held
    : // The last row may lack its padding.
      rowBytes(header) * (height - 1) + Math.ceil((width * bits) / 8) > held;
  if (isShort)
    throw new PictureError(localizable('{0}×{1} pixels do not fit into {2} bytes', width, height, fileSize));
  return header;
}

/** Rows are padded to a multiple of four bytes. */
function rowBytes({ width, bits }: Header): number {
  return 4 * Math.ceil((width * bits) / 32);
}

/** Converts a row of the image, counted from the top, to a row of the file. */
function storedRow({ height, isTopDown }: Header, y: number): number {
  return isTopDown ? y : height - 1 - y;
}

/** Each pixel is an index into a colour table. */
function indexedPixels(bytes: Buffer, header: Header): RawPicture {
  const { width, height, bits, compression, colours, paletteStart } = header;
  if (paletteStart + 4 * colours > bytes.length)
    throw new PictureError(localizable('The file ends inside its colour table'));
  const isRuns = compression !== 0;
  const indices = isRuns ? indicesOfRuns(bytes, header) : bytes.subarray(header.pixelsStart);
  const [width8, bitsEach] = isRuns ? [width, 8] : [rowBytes(header), bits];
  const data = new Uint8Array(3 * width * height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = storedRow(header, y) * width8;
    for (let x = 0; x < width; x++) {
      const bit = x * bitsEach;
      const stored = indices[row + (bit >> 3)] ?? 0;
      const index = (stored >> (8 - bitsEach - (bit & 7))) & (2 ** bitsEach - 1);
      if (index >= colours)
        throw new PictureError(localizable('Colour {0} is not in the table of {1}', index, colours));
      const from = paletteStart + 4 * index;
      data[to++] = bytes[from + 2] ?? 0;
      data[to++] = bytes[from + 1] ?? 0;
      data[to++] = bytes[from] ?? 0;
    }
  }
  return { data, width, height, channels: 3 };
}

/** Decodes run-length data to one byte per pixel, in the file's row order; skipped pixels are 0. */
function indicesOfRuns(bytes: Buffer, { width, height, bits, pixelsStart }: Header): Uint8Array {
  const indices = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, pixelsStart];
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw new PictureError(localizable('The file ends inside its pixel data'));
    return byte;
  };
  const put = (index: number): void => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  /** At four bits, two pixels share a byte. */
  const share = (byte: number, i: number): number =>
    bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15;
  for (;;) {
    const [count, value] = [next(), next()];
    if (count > 0) for (let i = 0; i < count; i++) put(share(value, i));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) return indices;
    else if (value === 2) [x, y] = [x + next(), y + next()];
    else {
      const start = at;
      let byte = 0;
      for (let i = 0; i < value; i++) {
        if (bits === 8 || i % 2 === 0) byte = next();
        put(share(byte, i));
      }
      at += (at - start) % 2;
    }
  }
}

/** Each pixel is a colour: one byte each for blue, green and red, or as assigned by masks. */
function directPixels(bytes: Buffer, header: Header): RawPicture {
  const { width, height, bits, compression, masks, pixelsStart } = header;
  const step = bits / 8;
  if (bits === 16 || MASKED.has(compression)) return maskedPixels(bytes, header, masks);
  const data = new Uint8Array(3 * width * height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = pixelsStart + storedRow(header, y) * rowBytes(header);
    for (let from = row; from < row + step * width; from += step) {
      data[to++] = bytes[from + 2] ?? 0;
      data[to++] = bytes[from + 1] ?? 0;
      data[to++] = bytes[from] ?? 0;
    }
  }
  return { data, width, height, channels: 3 };
}

function maskedPixels(bytes: Buffer, header: Header, masks: readonly number[]): RawPicture {
  const { width, height, bits, pixelsStart } = header;
  const parts = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, scale: mask === 0 ? 0 : 255 / (mask >>> shift) };
  });
  const data = new Uint8Array(4 * width * height);
  let opacity = 0;
  for (let y = 0, to = 0; y < height; y++) {
    const row = pixelsStart + storedRow(header, y) * rowBytes(header);
    for (let x = 0; x < width; x++, to += 4) {
      const value = bits === 16 ? bytes.readUInt16LE(row + 2 * x) : bytes.readUInt32LE(row + 4 * x);
      for (const [channel, { mask, shift, scale }] of parts.entries())
        data[to + channel] = Math.round(((value & mask) >>> shift) * scale);
      opacity |= data[to + 3] ?? 0;
    }
  }
  // Many files with an alpha channel set it to 0 throughout.
  if (opacity === 0) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { data, width, height, channels: 4 };
}
