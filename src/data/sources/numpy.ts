/** Images in NumPy arrays, as notebooks leave them. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { sizeOf } from '../../shared/host-tensor';
import { DataError } from '../data-error';
import { drawPicture, type RawPicture } from '../images/draw-picture';
import { type ImportItem, openImported, stampOf } from '../images/import-pictures';
import { type NumpyArray, readNumpy } from '../images/npy';
import { formKey, pictureForm, shapeOf } from '../images/picture-form';
import { datasetOf } from '../packed/pack-dataset';
import { defineSource } from '../source';
import { heldOutShare } from './common-options';

export const numpy = defineSource({
  name: 'numpy',
  title: 'NumPy arrays',
  description:
    'Images in a .npy or .npz file, [count, height, width] or [count, height, width, 1, 3 or 4]: integers of 0 to 255, ' +
    'or floats of 0 to 1 or of -1 to 1; labels in a second array. The file is read whole once, and packed.',
  options: z.strictObject({
    file: z.string().min(1).describe('The .npy or .npz file, relative to the experiment file or absolute.'),
    images: z
      .string()
      .exactOptional()
      .describe('Name of the images’ array in a .npz; the first of three or four dimensions if not given.'),
    labels: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Labels, whole numbers from 0: name of an array in the .npz, or path of a .npy file.'),
    ...pictureForm,
    split: heldOutShare(0.1),
  }),
  pathOptions: { file: 'file' },
  describe: (options) => ({
    example: shapeOf(options),
    ...(options.labels === undefined ? { classes: 0 } : {}),
  }),
  async open(options, context) {
    const file = resolve(context.baseFolder, options.file);
    const labelFile =
      options.labels?.endsWith('.npy') === true ? resolve(context.baseFolder, options.labels) : undefined;
    const stamp = await stampOf(...(labelFile === undefined ? [file] : [file, labelFile]));
    const pack = await openImported(
      {
        title: file,
        settings: `numpy\0${file}\0${options.images ?? ''}\0${options.labels ?? ''}\0${formKey(options)}`,
        maxSkipped: 0,
        async list() {
          const arrays = await readNumpy(file);
          const images = imagesIn(arrays, options.images, file);
          const labels = await labelsOf(arrays, options.labels, labelFile, file);
          checkLabels(labels, images, file);
          const count = images.shape[0] ?? 0;
          const classes =
            labels === undefined ? 0 : Math.max(...Array.from({ length: count }, (_, i) => labels.at(i))) + 1;
          const toByte = byteOf(images);
          const items = Array.from({ length: count }, (_, index): ImportItem => {
            const name = `image ${index}`;
            return {
              name,
              stamp,
              ...(labels === undefined ? {} : { label: labels.at(index) }),
              draw: () => drawPicture(pictureAt(images, index, toByte), options, name),
            };
          });
          return { items, contents: { target: shapeOf(options), classes } };
        },
      },
      context,
    );
    return datasetOf(pack, options.split);
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
    `${file} holds no images${name === undefined ? '' : ` under "${name}"`}: ${list.join(', ')}.`,
    'Images are [count, height, width] or [count, height, width, 1, 3 or 4]; name their array under "images".',
  );
}

async function labelsOf(
  arrays: ReadonlyMap<string, NumpyArray>,
  name: string | undefined,
  labelFile: string | undefined,
  file: string,
): Promise<NumpyArray | undefined> {
  if (name === undefined) return undefined;
  const found = labelFile === undefined ? arrays.get(name) : (await readNumpy(labelFile)).get('');
  if (found === undefined)
    throw new DataError(
      `${file} holds no array "${name}"; it holds ${[...arrays.keys()].map((key) => `"${key}"`).join(', ')}.`,
      'Name the array of the labels, or a .npy file.',
    );
  return found;
}

function checkLabels(labels: NumpyArray | undefined, images: NumpyArray, file: string): void {
  if (labels === undefined) return;
  const count = images.shape[0] ?? 0;
  if (sizeOf(labels.shape) !== count)
    throw new DataError(
      `The labels are [${labels.shape.join(', ')}], and ${file} holds ${count} images.`,
      'Give a label for each image.',
    );
  for (let i = 0; i < count; i++)
    if (!Number.isInteger(labels.at(i)) || labels.at(i) < 0)
      throw new DataError(`Label ${i} is ${labels.at(i)}.`, 'Labels are whole numbers from 0.');
}

/** How a value becomes a byte; which range floats have is seen from all of them. */
function byteOf({ kind, shape, at }: NumpyArray): (value: number) => number {
  const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  if (kind === 'b1') return (value) => 255 * value;
  if (kind !== 'f4' && kind !== 'f8') return clamp;
  let [low, high] = [0, 0];
  for (let i = 0; i < sizeOf(shape); i++) {
    low = Math.min(low, at(i));
    high = Math.max(high, at(i));
  }
  if (low < 0) return (value) => clamp((value + 1) * 127.5);
  return high > 1 ? clamp : (value) => clamp(value * 255);
}

function pictureAt(images: NumpyArray, index: number, toByte: (value: number) => number): RawPicture {
  const [, height = 0, width = 0, channels = 1] = images.shape;
  const size = height * width * channels;
  return {
    data: Uint8Array.from({ length: size }, (_, i) => toByte(images.at(index * size + i))),
    height,
    width,
    channels: channels === 4 ? 4 : channels === 3 ? 3 : 1,
  };
}
