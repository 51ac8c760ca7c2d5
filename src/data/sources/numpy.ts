/** Images in NumPy arrays, as saved from notebooks. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { sizeOf } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { drawPicture } from '../images/draw-picture';
import { type ImportItem, openImported, stampOf } from '../images/import-pictures';
import { type NumpyArray, type NumpyFile, openNumpy } from '../images/npy';
import type { RawPicture } from '../images/picture';
import { formKey, pictureForm, shapeOf } from '../images/picture-form';
import { datasetOf } from '../packed/pack-dataset';
import { defineSource } from '../source';
import { heldOutShare } from './common-options';
import { byteScale } from './numpy-scale';

/** Any other value is the name of an array. */
function isLabelFile(labels: string): boolean {
  return labels.endsWith('.npy');
}

export const numpy = defineSource({
  name: 'numpy',
  title: 'NumPy arrays',
  description:
    'Images in a .npy or .npz file, [count, height, width] or [count, height, width, channels]: integers from 0 to 255, or floats from 0 to 1 or -1 to 1, with optional labels in a second array.',
  options: z.strictObject({
    file: z
      .string()
      .min(1)
      .describe('Path of the .npy or .npz file, absolute or relative to the experiment.'),
    images: z
      .string()
      .exactOptional()
      .describe(
        'Name of the image array in an .npz file. Default: the first array with three or four dimensions.',
      ),
    labels: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Labels, integers from 0: an array in the .npz file or the path of an .npy file.'),
    ...pictureForm,
    split: heldOutShare(0.1),
  }),
  pathOptions: { file: 'file', labels: (written) => (isLabelFile(written) ? 'file' : undefined) },
  describe: (options) => ({
    example: shapeOf(options),
    ...(options.labels === undefined ? { classes: 0 } : {}),
  }),
  async open(options, context) {
    const file = resolve(context.baseFolder, options.file);
    const labelFile =
      options.labels !== undefined && isLabelFile(options.labels)
        ? resolve(context.baseFolder, options.labels)
        : undefined;
    const currentStamp = (): Promise<string> =>
      stampOf(...(labelFile === undefined ? [file] : [file, labelFile]));
    const held: { file?: NumpyFile } = {};
    try {
      const pack = await openImported(
        {
          title: file,
          tooFewRemedy: localizable('Save an array of several images: the first axis counts them.'),
          settings: `numpy 3\0${file}\0${options.images ?? ''}\0${options.labels ?? ''}\0${formKey(options)}`,
          maxSkipped: 0,
          async list() {
            // Listing again means that the file was modified, and may even have been replaced.
            await held.file?.close();
            const stamp = await currentStamp();
            held.file = await openNumpy(file);
            const { arrays } = held.file;
            const images = imagesIn(arrays, options.images, file);
            const labels = await labelsOf(arrays, options.labels, labelFile, file);
            const count = images.shape[0] ?? 0;
            checkLabels(labels, count, file);
            const classes = labels === undefined ? 0 : classCount(labels, labelFile ?? file);
            let toByte: Promise<(value: number) => number> | undefined;
            const items = Array.from({ length: count }, (_, index): ImportItem => {
              const name = `image ${index}`;
              const label = labels?.[index];
              return {
                name,
                stamp,
                ...(label === undefined ? {} : { label }),
                currentStamp,
                async draw() {
                  // Computed lazily: an unchanged file, from which nothing is drawn, is not scanned for its range.
                  toByte ??= byteScale(images, file);
                  return await drawPicture(await pictureAt(images, index, await toByte), options, name);
                },
              };
            });
            return { items, contents: { target: shapeOf(options), classes } };
          },
        },
        context,
      );
      return datasetOf(pack, options.split);
    } finally {
      await held.file?.close();
    }
  },
});

function imagesIn(
  arrays: ReadonlyMap<string, NumpyArray>,
  name: string | undefined,
  file: string,
): NumpyArray {
  const isImages = ({ shape }: NumpyArray): boolean =>
    shape.length === 3 || (shape.length === 4 && [1, 3, 4].includes(shape[3] ?? 0));
  const found = name === undefined ? [...arrays.values()].find(isImages) : arrays.get(name);
  if (found !== undefined && isImages(found)) return found;
  const list = [...arrays].map(
    ([key, { shape }]) => `${key === '' ? 'it' : `"${key}"`} is [${shape.join(', ')}]`,
  );
  throw new DataError(
    name === undefined
      ? localizable('{0} has no images: {1}.', file, list.join(', '))
      : localizable('{0} has no images named "{1}": {2}.', file, name, list.join(', ')),
    localizable(
      'Images are [count, height, width] or [count, height, width, 1, 3 or 4]; set "images" to the name of their array.',
    ),
  );
}

/** The labels, if any, before their number is checked. */
async function labelsOf(
  arrays: ReadonlyMap<string, NumpyArray>,
  name: string | undefined,
  labelFile: string | undefined,
  file: string,
): Promise<Float64Array | undefined> {
  if (name === undefined) return undefined;
  if (labelFile !== undefined) {
    const opened = await openNumpy(labelFile);
    try {
      return await allValues(opened.arrays.get(''));
    } finally {
      await opened.close();
    }
  }
  const found = arrays.get(name);
  if (found === undefined)
    throw new DataError(
      localizable(
        '{0} has no array "{1}"; it has {2}.',
        file,
        name,
        [...arrays.keys()].map((key) => `"${key}"`).join(', '),
      ),
      localizable('Specify the array of the labels, or an .npy file.'),
    );
  return await allValues(found);
}

async function allValues(array: NumpyArray | undefined): Promise<Float64Array | undefined> {
  return array && (await array.values(0, sizeOf(array.shape)));
}

function checkLabels(labels: Float64Array | undefined, count: number, file: string): void {
  if (labels === undefined) return;
  if (labels.length !== count)
    throw new DataError(
      localizable('There are {0} labels, but {1} has {2} images.', labels.length, file, count),
      localizable('Provide one label per image.'),
    );
  for (const [i, label] of labels.entries())
    if (!Number.isInteger(label) || label < 0)
      throw new DataError(
        localizable('Label {0} is {1}.', i, label),
        localizable('Labels are integers from 0.'),
      );
}

/**
 * Returns the number of classes, including those without images. Throws `DataError` if most are empty and there are
 * more of them than images: memory and networks grow with their number, and a single wrong label can make millions.
 */
function classCount(labels: Float64Array, labelFile: string): number {
  const highest = labels.reduce((most, label) => Math.max(most, label), 0);
  const classes = highest + 1;
  const used = new Set(labels).size;
  if (classes > labels.length && classes > 2 * used)
    throw new DataError(
      localizable(
        'Label {0} in {1} is {2}, which makes {3} classes for {4} images, {5} of them empty.',
        labels.indexOf(highest),
        labelFile,
        highest,
        classes,
        labels.length,
        classes - used,
      ),
      localizable(
        'Correct the label, or number the classes from 0 without gaps, as {0} does.',
        'numpy.unique(labels, return_inverse=True)',
      ),
    );
  return classes;
}

async function pictureAt(
  images: NumpyArray,
  index: number,
  toByte: (value: number) => number,
): Promise<RawPicture> {
  const [, height = 0, width = 0, channels = 1] = images.shape;
  const size = height * width * channels;
  return {
    data: Uint8Array.from(await images.values(index * size, size), toByte),
    height,
    width,
    channels: channels === 4 ? 4 : channels === 3 ? 3 : 1,
  };
}
