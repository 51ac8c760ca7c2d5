/** Opens IDX files as a data set: checks that they belong together, and brings images to the network's size. */
import { DataError } from '../data-error';
import type { Dataset, Examples } from '../source';
import { splitIndices } from '../split';
import { subset } from '../subset';
import type { IdxFile } from './idx-file';
import { openIdxFile } from './idx-file';
import type { IdxPart } from './idx-part';

export interface IdxDatasetOptions {
  readonly train: IdxPart;
  /** Files of their own, or the share of the training files that is put aside. */
  readonly heldOut: IdxPart | { readonly share: number };
  readonly imageSize: number;
  readonly channels: 1 | 3;
}

export async function openIdx({ train, heldOut, imageSize, channels }: IdxDatasetOptions): Promise<Dataset> {
  const all = await openPart(train, imageSize, channels);
  if (!('share' in heldOut)) {
    try {
      return { train: all, heldOut: await openPart(heldOut, imageSize, channels) };
    } catch (error) {
      await all.close();
      throw error;
    }
  }
  if (all.count < 2)
    throw new DataError(
      `${train.images} holds one image, of which none can be held out.`,
      'Use a file with at least two images.',
    );
  const split = splitIndices(all.count, heldOut.share);
  return { train: subset(all, split.train), heldOut: subset(all, split.heldOut) };
}

async function openPart(part: IdxPart, imageSize: number, channels: 1 | 3): Promise<Examples> {
  const images = await openIdxFile(part.images, 3);
  const opened = [images.bytes];
  try {
    const [count = 0, height = 0, width = 0] = images.extents;
    const enlarge = sizing(part.images, height, width, imageSize);
    const labels = part.labels === undefined ? undefined : await openIdxFile(part.labels, 1);
    if (labels !== undefined) opened.push(labels.bytes);
    if (labels !== undefined && labels.extents[0] !== count)
      throw new DataError(
        `${part.labels} holds ${labels.extents[0]} labels, and ${part.images} holds ${count} images.`,
        'Name the two files that belong together.',
      );
    const labelValues = labels === undefined ? undefined : await readLabels(labels);
    return {
      count,
      shape: { kind: 'image', height: imageSize, width: imageSize, channels },
      classes:
        labelValues === undefined ? 0 : labelValues.reduce((most, label) => Math.max(most, label + 1), 0),
      async read(indices, target, labelTarget) {
        const pixels = new Uint8Array(height * width);
        const stride = imageSize * imageSize * channels;
        for (let slot = 0; slot < indices.length; slot++) {
          const index = indices[slot] ?? 0;
          await images.bytes.read(pixels, images.headerBytes + index * pixels.length);
          enlarge.draw(pixels, target.subarray(slot * stride, (slot + 1) * stride), channels);
          if (labelTarget !== undefined) labelTarget[slot] = labelValues?.[index] ?? 0;
        }
      },
      async close() {
        for (const bytes of opened) await bytes.close();
      },
    };
  } catch (error) {
    for (const bytes of opened) await bytes.close();
    throw error;
  }
}

async function readLabels(labels: IdxFile): Promise<Uint8Array> {
  const values = new Uint8Array(labels.extents[0] ?? 0);
  await labels.bytes.read(values, labels.headerBytes);
  return values;
}

interface Sizing {
  /** Writes `[size, size, channels]` in [-1, 1]. */
  draw(pixels: Uint8Array, target: Float32Array, channels: number): void;
}

/** As recorded, or for 28×28 with a black border of 2 (32), or that with every pixel doubled (64). */
function sizing(file: string, height: number, width: number, imageSize: number): Sizing {
  const plain = height === imageSize && width === imageSize;
  const bordered = height === 28 && width === 28 && (imageSize === 32 || imageSize === 64);
  if (!plain && !bordered)
    throw new DataError(
      `${file} holds images of ${width}×${height} pixels, and "imageSize" is ${imageSize}.`,
      height === width
        ? `Set "imageSize" to ${height}${height === 28 ? ', 32 or 64' : ''}.`
        : 'Use a file of square images.',
    );
  const factor = plain ? 1 : imageSize / 32;
  const border = plain ? 0 : 2;
  return {
    draw(pixels, target, channels) {
      for (let y = 0; y < imageSize; y++)
        for (let x = 0; x < imageSize; x++) {
          const fromY = Math.floor(y / factor) - border;
          const fromX = Math.floor(x / factor) - border;
          const inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
          const value = (inside ? (pixels[fromY * width + fromX] ?? 0) : 0) / 127.5 - 1;
          target.fill(value, (y * imageSize + x) * channels, (y * imageSize + x + 1) * channels);
        }
    },
  };
}
