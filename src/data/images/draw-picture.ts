/** Decodes an image and converts it to the network's format: bytes `[size, size, channels]`. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Metadata, Sharp as Pipeline, SharpOptions } from 'sharp';
import { Random } from '../../random/random';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { checkReadable, isFromSystem, skipReason } from '../file-error';
import { bmpSize, decodeBmp } from './bmp';
import { decodeFloatPicture, isFloatPicture } from './float-picture';
import { loadSharp, type Sharp } from './load-sharp';
import { PassingPictureError, PictureError, type RawPicture } from './picture';
import type { PictureForm } from './picture-form';

export type Picture = { readonly file: string } | RawPicture;

/** A horizontal part of an image, in fractions of its width: for example, one of two images side by side. */
export interface Part {
  readonly left: number;
  readonly width: number;
}

/** Extensions of files that are treated as images. */
export const PICTURE_EXTENSIONS: ReadonlySet<string> = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.webp',
  '.gif',
  '.bmp',
  '.tif',
  '.tiff',
  '.svg',
]);

/** More pixels than any camera produces: a file that claims more is an attack or a mistake. */
const MAX_PIXELS = 2 ** 28;
/** Images above this size are decoded one at a time, so that memory does not grow with their number. */
const LARGE_PIXELS = 2 ** 25;
/** The same limit for BMP, which is decoded as a whole rather than row by row. */
const LARGE_BMP_PIXELS = 2 ** 22;
/** Only an image crafted for it would take this long. */
export const DECODING_SECONDS = 60;
/** Default density of SVG in dpi; small drawings are rendered at a higher one rather than upscaled afterwards. */
const SVG_DENSITY = 72;

let largeQueue: Promise<unknown> = Promise.resolve();

/** Runs tasks one after another. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const mine = largeQueue.then(work);
  largeQueue = mine.catch(() => undefined);
  return mine;
}

/**
 * @param seedName determines the position of a random crop; the same for both images of a pair
 * Throws `PictureError` if the image cannot be used, and `DataError` if the decoder is unavailable.
 */
export async function drawPicture(
  picture: Picture,
  form: PictureForm,
  seedName: string,
  part?: Part,
): Promise<Uint8Array> {
  return await withPicture(picture, (open, metadata) => convert(open, metadata, form, seedName, part));
}

export type Open = (options?: SharpOptions) => Pipeline;

/**
 * Opens an image of any format that is supported, large ones in turn. Throws `PictureError` if it cannot be used, and
 * `DataError` if the decoder is unavailable.
 *
 * @param use receives a function that opens the image, each time anew
 */
export async function withPicture<Result>(
  picture: Picture,
  use: (open: Open, metadata: Metadata) => Promise<Result>,
): Promise<Result> {
  const sharp = await loadSharp();
  try {
    if ('file' in picture && extname(picture.file).toLowerCase() === '.bmp') {
      const { file } = picture;
      const size = await bmpSize(file);
      return await inTurn(size, LARGE_BMP_PIXELS, async () => {
        const open = opener(sharp, decodeBmp(await readFile(file)));
        return await use(open, await open().metadata());
      });
    }
    const open = opener(sharp, picture);
    const metadata = await open({ limitInputPixels: false }).metadata();
    return await inTurn(metadata, LARGE_PIXELS, async () => {
      if (!isFloatPicture(metadata)) return await use(open, metadata);
      const openBytes = opener(sharp, await decodeFloatPicture(open(), metadata));
      return await use(openBytes, await openBytes().metadata());
    });
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw await pictureErrorOf(error, picture);
  }
}

/** Runs the work at once, or queued after other large images. Throws `PictureError` if there are too many pixels. */
async function inTurn<Result>(
  { width, height }: { readonly width: number; readonly height: number },
  largePixels: number,
  work: () => Promise<Result>,
): Promise<Result> {
  requireBounded(width, height);
  return width * height > largePixels ? await alone(work) : await work();
}

/** Throws `PictureError` if an image of this size has too many pixels. */
export function requireBounded(width: number, height: number): void {
  const pixels = width * height;
  if (pixels <= MAX_PIXELS) return;
  throw new PictureError(
    localizable(
      '{0}×{1} pixels ({2} megapixels), above the limit of {3} megapixels',
      width,
      height,
      megapixels(pixels),
      megapixels(MAX_PIXELS),
    ),
  );
}

/** libvips reports an unreadable file as one of unknown format, so check whether the system can open it. */
async function pictureErrorOf(error: unknown, picture: Picture): Promise<PictureError> {
  const refusal: unknown =
    'file' in picture
      ? await checkReadable(picture.file).then(
          () => undefined,
          (found: unknown) => found,
        )
      : undefined;
  if (refusal !== undefined) return new PassingPictureError(skipReason(refusal), { cause: refusal });
  const complaint = describeError(error).split('\n')[0]?.trim() ?? '';
  const isPassing = complaint.startsWith('timeout:') || isFromSystem(error);
  const Kind = isPassing ? PassingPictureError : PictureError;
  return new Kind(localizable('Cannot be decoded ({0})', complaint), { cause: error });
}

function megapixels(pixels: number): number {
  return Math.round(pixels / 1e6);
}

function opener(sharp: Sharp, picture: Picture): Open {
  const common: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true };
  if ('file' in picture) return (options) => sharp(picture.file, { ...common, ...options });
  const { data, width, height, channels } = picture;
  return (options) => sharp(data, { ...common, ...options, raw: { width, height, channels } });
}

async function convert(
  open: Open,
  metadata: Metadata,
  form: PictureForm,
  seedName: string,
  part: Part | undefined,
): Promise<Uint8Array> {
  const { imageSize, channels, fit } = form;
  // EXIF orientations from 5 on swap width and height.
  const isTurned = (metadata.orientation ?? 1) >= 5;
  const [fullWidth, height] = isTurned
    ? [metadata.height ?? 0, metadata.width ?? 0]
    : [metadata.width ?? 0, metadata.height ?? 0];
  const area = {
    left: Math.floor((part?.left ?? 0) * fullWidth),
    top: 0,
    width: Math.floor((part?.width ?? 1) * fullWidth),
    height,
  };
  if (area.width < 1 || height < 1) throw new PictureError(localizable('Empty image'));
  const scale = Math.max(imageSize / area.width, imageSize / height);
  const isVector = metadata.format === 'svg';
  const density = Math.min(2400, Math.max(1, Math.ceil(SVG_DENSITY * scale)));
  let pipeline = open(isVector && part === undefined ? { density } : {})
    .timeout({ seconds: DECODING_SECONDS })
    .autoOrient();
  if (part !== undefined) pipeline = pipeline.extract(area);
  pipeline = inColours(pipeline, form);
  pipeline =
    fit === 'random-crop'
      ? randomCrop(pipeline, area, imageSize, seedName)
      : pipeline.resize(imageSize, imageSize, {
          fit: fit === 'crop' ? 'cover' : fit === 'letterbox' ? 'contain' : 'fill',
          background: form.background,
        });
  return (await pixelsOf(pipeline, channels)).data;
}

type Colours = Pick<PictureForm, 'channels' | 'background'>;

/** Transparent areas get the background, unless the network sees transparency. */
export function inColours(pipeline: Pipeline, { channels, background }: Colours): Pipeline {
  const opaque = channels === 4 ? pipeline.ensureAlpha() : pipeline.flatten({ background });
  return opaque.toColourspace(channels === 1 ? 'b-w' : 'srgb');
}

export async function pixelsOf(pipeline: Pipeline, channels: PictureForm['channels']): Promise<RawPicture> {
  const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels > channels)
    throw new PictureError(localizable('{0} channels instead of {1}', info.channels, channels));
  return {
    data: info.channels === channels ? data : repeated(data, channels / info.channels),
    width: info.width,
    height: info.height,
    channels,
  };
}

/** A crop of the same size as a centre crop, at a position derived from the name. */
function randomCrop(
  pipeline: Pipeline,
  { width, height }: { readonly width: number; readonly height: number },
  size: number,
  seedName: string,
): Pipeline {
  const scale = Math.max(size / width, size / height);
  const [scaledWidth, scaledHeight] = [Math.round(width * scale), Math.round(height * scale)];
  const random = Random.seeded(0, `crop ${seedName}`);
  const left = random.below(Math.max(1, scaledWidth - size + 1));
  const top = random.below(Math.max(1, scaledHeight - size + 1));
  return pipeline
    .resize(scaledWidth, scaledHeight, { fit: 'fill' })
    .extract({ left, top, width: size, height: size });
}

/** Repeats grey in as many channels as required. */
function repeated(pixels: Uint8Array, times: number): Uint8Array {
  const result = new Uint8Array(pixels.length * times);
  for (let i = 0; i < pixels.length; i++) result.fill(pixels[i] ?? 0, i * times, (i + 1) * times);
  return result;
}
