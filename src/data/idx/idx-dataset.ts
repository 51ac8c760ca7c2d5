/** Opens IDX files as a dataset: checks that they belong together, and converts images to the network's size. */

import { anyOf, localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { divide } from '../divide';
import { inMemory, type PackedBytes } from '../packed/bytes';
import { fingerprintOf } from '../packed/fingerprint';
import type { Dataset, Examples } from '../source';
import { splitIndices } from '../split';
import { openIdxFile } from './idx-file';
import type { IdxPart } from './idx-part';
import { drawingOf, formatForm, type ImageForm } from './image-form';

export interface IdxDatasetOptions {
  readonly train: IdxPart;
  /** Separate files, or the fraction of the training files to hold out. */
  readonly heldOut: IdxPart | { readonly share: number };
  readonly imageSize: number;
  readonly channels: 1 | 3;
}

/** The opened and validated files of one part. */
interface Part {
  readonly count: number;
  readonly images: PackedBytes;
  /** Byte offset of the first image. */
  readonly imagesStart: number;
  readonly form: ImageForm;
  readonly labels: Uint8Array | undefined;
}

/** Throws `DataError` with the file and the byte or image. */
export async function openIdx({ train, heldOut, imageSize, channels }: IdxDatasetOptions): Promise<Dataset> {
  const to: ImageForm = { height: imageSize, width: imageSize, channels };
  const opened: Part[] = [];
  try {
    const trainPart = await openPart(train);
    opened.push(trainPart);
    if ('share' in heldOut) {
      const parts = splitPart(train.images, trainPart, heldOut.share, to);
      return { ...parts, fingerprint: await fingerprintOf(trainPart.images, ...labelsOf(trainPart)) };
    }
    const heldOutPart = await openPart(heldOut);
    opened.push(heldOutPart);
    if (formatForm(heldOutPart.form) !== formatForm(trainPart.form))
      throw new DataError(
        localizable(
          '{0} has images of {1}, but {2} has images of {3}.',
          heldOut.images,
          formatForm(heldOutPart.form),
          train.images,
          formatForm(trainPart.form),
        ),
        localizable('Use two files with images of the same size.'),
      );
    const classes = Math.max(classesOf(trainPart), classesOf(heldOutPart));
    return {
      train: examplesOf(train.images, trainPart, to, classes),
      heldOut: examplesOf(heldOut.images, heldOutPart, to, classes),
      fingerprint: await fingerprintOf(
        trainPart.images,
        ...labelsOf(trainPart),
        heldOutPart.images,
        ...labelsOf(heldOutPart),
      ),
    };
  } catch (error) {
    for (const part of opened) await part.images.close();
    throw error;
  }
}

function labelsOf({ labels }: Part): PackedBytes[] {
  return labels === undefined ? [] : [inMemory(labels)];
}

function splitPart(file: string, part: Part, share: number, to: ImageForm): Dataset {
  if (part.count < 2)
    throw new DataError(
      localizable('{0} has only one image, so none can be held out.', file),
      localizable('Use a file with at least two images, or set "testImages".'),
    );
  const all = examplesOf(file, part, to, classesOf(part));
  return divide(all, splitIndices(part.count, share));
}

async function openPart({ images, labels }: IdxPart): Promise<Part> {
  const file = await openIdxFile(images, 'images');
  try {
    const [count = 0, height = 0, width = 0, channels = 1] = file.extents;
    return {
      count,
      images: file.bytes,
      imagesStart: file.headerBytes,
      form: { height, width, channels },
      labels: labels === undefined ? undefined : await readLabels(labels, images, count),
    };
  } catch (error) {
    await file.bytes.close();
    throw error;
  }
}

/** Kept in memory, at one byte per image. */
async function readLabels(file: string, images: string, count: number): Promise<Uint8Array> {
  const labels = await openIdxFile(file, 'labels');
  try {
    if (labels.extents[0] !== count)
      throw new DataError(
        localizable(
          '{0} has {1} labels (bytes 4 to 7), but {2} has {3} images.',
          file,
          labels.extents[0] ?? 0,
          images,
          count,
        ),
        localizable('Use image and label files that belong together.'),
      );
    const values = new Uint8Array(count);
    await labels.bytes.read(values, labels.headerBytes);
    return values;
  } finally {
    await labels.bytes.close();
  }
}

function classesOf({ labels }: Part): number {
  return labels === undefined ? 0 : labels.reduce((most, label) => Math.max(most, label + 1), 0);
}

function examplesOf(file: string, part: Part, to: ImageForm, classes: number): Examples {
  const { form, images, imagesStart, labels } = part;
  const draw = drawingOf(form, to);
  if (draw === undefined)
    throw new DataError(
      localizable(
        '{0} has images of {1}, but the experiment requires {2}.',
        file,
        formatForm(form),
        formatForm(to),
      ),
      form.height === form.width && [1, 3].includes(form.channels)
        ? localizable(
            'Set "imageSize" to {0} and "channels" to {1}.',
            form.height === 28 ? anyOf([28, 32, 64]) : form.height,
            form.channels,
          )
        : localizable('Use a file with square images and 1 or 3 channels.'),
    );
  const imageBytes = form.height * form.width * form.channels;
  const stride = to.height * to.width * to.channels;
  return {
    count: part.count,
    shape: { kind: 'image', ...to },
    classes,
    ...(labels === undefined ? {} : { labels }),
    async read(indices, target, labelTarget) {
      const pixels = new Uint8Array(imageBytes);
      for (const [slot, index] of indices.entries()) {
        if (index >= part.count) throw new RangeError(`${file} has no image ${index}.`);
        await images.read(pixels, imagesStart + index * imageBytes);
        draw(pixels, target.subarray(slot * stride, (slot + 1) * stride));
        if (labelTarget !== undefined) labelTarget[slot] = labels?.[index] ?? 0;
      }
    },
    close: () => images.close(),
  };
}
