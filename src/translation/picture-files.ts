/** Image files of any size as the values that a network takes, and its output as image files again. */
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import {
  DECODING_SECONDS,
  inColours,
  type Open,
  pixelsOf,
  requireBounded,
  withPicture,
} from '../data/images/draw-picture';
import { loadSharp, type Sharp } from '../data/images/load-sharp';
import { PictureError, type RawPicture } from '../data/images/picture';
import { pixelsOf as bytesOf, classAt } from '../pictures/pixels';
import { availableMemory } from '../session/memory-check';
import type { ImageShape } from '../shared/example-shape';
import { float32 } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import { type ImageValues, TranslationError } from './translator';

export interface OpenedPicture {
  readonly image: ImageValues;
  /** As the network sees it. */
  readonly pixels: RawPicture;
  /** Opacity of each pixel, `[height, width]` of 0 … 255, where the file has any and the network sees none. */
  readonly alpha?: Uint8Array;
}

export interface ReadingOptions {
  readonly background: string;
  /** Scales the image first, so that its shorter side has this many pixels. */
  readonly shorterSide?: number | undefined;
  /** Memory that reading, translating and writing a pixel take; checked before the image is decoded. */
  readonly bytesPerPixel?: number;
}

/** In upright position, by EXIF. Throws `PictureError` if the file cannot be used, and `DataError`. */
export async function readPicture(
  file: string,
  shape: ImageShape,
  options: ReadingOptions,
): Promise<OpenedPicture> {
  const channels = channelsOf(shape);
  return await withPicture({ file }, async (open, metadata) => {
    const { background, shorterSide, bytesPerPixel = 0 } = options;
    const scale = shorterSide === undefined ? 1 : shorterSide / Math.min(metadata.width, metadata.height);
    const [scaledWidth, scaledHeight] = [metadata.width, metadata.height].map((side) =>
      Math.round(scale * side),
    );
    requireBounded(scaledWidth ?? 0, scaledHeight ?? 0);
    requireMemory(scaledWidth ?? 0, scaledHeight ?? 0, bytesPerPixel);
    const upright = uprightOf(open, shorterSide);
    const pixels = await pixelsOf(inColours(upright(), { channels, background }), channels);
    const hasAlpha = metadata.hasAlpha === true && channels !== 4;
    const alpha = hasAlpha ? await pixelsOf(upright().ensureAlpha().extractChannel('alpha'), 1) : undefined;
    const { width, height, data } = pixels;
    return {
      image: { width, height, values: Float32Array.from(data, (byte) => byte / 127.5 - 1) },
      pixels,
      ...(alpha === undefined ? {} : { alpha: alpha.data }),
    };
  });
}

const GIGABYTE = 1e9;

/** Throws `PictureError`: the system would end the process without a message. */
function requireMemory(width: number, height: number, bytesPerPixel: number): void {
  const [needed, available] = [width * height * bytesPerPixel, availableMemory()];
  if (needed <= available) return;
  throw new PictureError(
    localizable(
      '{0}×{1} pixels need {2} GB of memory, and {3} GB are available',
      width,
      height,
      (needed / GIGABYTE).toFixed(1),
      (available / GIGABYTE).toFixed(1),
    ),
  );
}

function uprightOf(open: Open, shorterSide: number | undefined): () => ReturnType<Open> {
  return () => {
    const upright = open().timeout({ seconds: DECODING_SECONDS }).autoOrient();
    return shorterSide === undefined ? upright : upright.resize(shorterSide, shorterSide, { fit: 'outside' });
  };
}

function channelsOf({ channels }: ImageShape): RawPicture['channels'] {
  if (channels === 1 || channels === 3 || channels === 4) return channels;
  throw new TranslationError(
    localizable('The generator of this run takes images of {0} channels, which no image file has.', channels),
    localizable('Choose a run whose input has 1, 3 or 4 channels.'),
  );
}

/** Formats of the files that can be written, by ending. */
const FORMATS = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
  '.tif': 'tiff',
  '.tiff': 'tiff',
} as const;
export type PictureFormat = (typeof FORMATS)[keyof typeof FORMATS];

export const WRITTEN_ENDINGS: readonly string[] = Object.keys(FORMATS);

/** Undefined if no such file can be written. */
export function formatOf(path: string): PictureFormat | undefined {
  const formats: Readonly<Record<string, PictureFormat>> = FORMATS;
  return formats[extname(path).toLowerCase()];
}

export interface Translated {
  readonly made: ImageValues;
  readonly shape: ImageShape;
  readonly from: OpenedPicture;
  readonly format: PictureFormat;
  /** Lays the colours of the classes over the input, half transparent. */
  readonly isOverlay: boolean;
}

/** Longest side of an image of each format that has a limit, in pixels. */
const MAX_SIDE: Partial<Record<PictureFormat, number>> = { jpeg: 65_500, webp: 16_383 };

/** Throws `TranslationError` if the format cannot hold an image of this size. */
function requireFit({ width, height }: ImageValues, format: PictureFormat): void {
  const limit = MAX_SIDE[format];
  if (limit === undefined || Math.max(width, height) <= limit) return;
  throw new TranslationError(
    localizable('{0}×{1} pixels are too many for this format, which holds {2} a side.', width, height, limit),
    localizable('Write a PNG or TIFF file, or scale the image with --size.'),
  );
}

/**
 * Writes an image with the opacity of the input, where the format has any. Throws `TranslationError` if the format
 * cannot hold it.
 */
export async function writePicture(
  path: string,
  { made, shape, from, format, isOverlay }: Translated,
): Promise<void> {
  requireFit(made, format);
  const sharp = await loadSharp();
  const { width, height } = made;
  const { data, channels } = bytesOf(float32([1, height, width, shape.channels], made.values), {
    ...shape,
    height,
    width,
  });
  const below = isOverlay ? await resized(sharp, from.pixels, made, 3) : undefined;
  const shown = below === undefined ? data : data.map((byte, i) => Math.round((byte + (below[i] ?? 0)) / 2));
  let picture = sharp(shown, { raw: { width, height, channels: rawChannels(channels) } });
  if (from.alpha !== undefined && channels !== 4) {
    const { width: fromWidth, height: fromHeight } = from.pixels;
    const opacity = { data: from.alpha, width: fromWidth, height: fromHeight, channels: 1 } as const;
    const alpha = await resized(sharp, opacity, made, 1);
    picture = picture.joinChannel(Buffer.from(alpha), { raw: { width, height, channels: 1 } });
  }
  if (format === 'jpeg') picture = picture.flatten({ background: '#ffffff' });
  // The decoder's own files report no system error code.
  await writeFile(path, await picture.toFormat(format).toBuffer());
}

async function resized(
  sharp: Sharp,
  { data, ...raw }: RawPicture,
  { width, height }: Pick<ImageValues, 'width' | 'height'>,
  channels: 1 | 3,
): Promise<Uint8Array> {
  const picture = sharp(data, { raw })
    .resize(width, height, { fit: 'fill' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb');
  return (await pixelsOf(channels === 3 ? picture.removeAlpha() : picture, channels)).data;
}

function rawChannels(channels: number): 1 | 2 | 3 | 4 {
  if (channels === 1 || channels === 2 || channels === 3 || channels === 4) return channels;
  throw new TranslationError(
    localizable('The generator of this run makes images of {0} channels, which no image file has.', channels),
    localizable('Choose a run whose images have 1, 3 or 4 channels.'),
  );
}

/** The share of the image that each class of a label map takes, in the order of the classes. */
export function classShares({ values }: ImageValues, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  const pixels = values.length / classes;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const label = classAt(values, pixel, classes);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts.map((count) => count / pixels);
}
