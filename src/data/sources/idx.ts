/** Files in the MNIST format: the full MNIST, Fashion-MNIST, EMNIST and other IDX data. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { openIdx } from '../idx/idx-dataset';
import type { IdxPart } from '../idx/idx-part';
import { defineSource } from '../source';

const path = z.string().min(1);

/** Pairs the paths. Labels are required for both parts or neither, so that a conditional model can be scored. */
function partsOf(
  options: {
    images: string;
    labels?: string | undefined;
    testImages?: string | undefined;
    testLabels?: string | undefined;
  },
  baseFolder: string,
): { train: IdxPart; heldOut: IdxPart | undefined } {
  const part = (images: string, labels: string | undefined): IdxPart => ({
    images: resolve(baseFolder, images),
    ...(labels === undefined ? {} : { labels: resolve(baseFolder, labels) }),
  });
  const { images, labels, testImages, testLabels } = options;
  if (testImages === undefined && testLabels !== undefined) {
    throw new DataError(
      localizable('"testLabels" is {0}, but "testImages" is not set.', testLabels),
      localizable('Set "testImages", or remove "testLabels".'),
    );
  }
  if (testImages !== undefined && (labels === undefined) !== (testLabels === undefined)) {
    const [given, missing] = labels === undefined ? ['testLabels', 'labels'] : ['labels', 'testLabels'];
    throw new DataError(
      localizable('"{0}" is set, but not "{1}": only one part would have labels.', given, missing),
      localizable('Set "{0}", or remove "{1}".', missing, given),
    );
  }
  return {
    train: part(images, labels),
    heldOut: testImages === undefined ? undefined : part(testImages, testLabels),
  };
}

export const idx = defineSource({
  name: 'idx',
  title: 'IDX files',
  description: 'Images and optional labels in the MNIST file format (IDX, unsigned bytes), gzipped or not.',
  pathOptions: { images: 'file', labels: 'file', testImages: 'file', testLabels: 'file' },
  options: z.strictObject({
    images: path.describe('Path of the image file, such as train-images-idx3-ubyte.gz.'),
    labels: path.optional().describe('Path of the label file, one byte per label.'),
    testImages: path
      .optional()
      .describe('Path of held-out images for evaluation. Without it, a fraction of "images" is held out.'),
    testLabels: path.optional().describe('Path of the labels of "testImages".'),
    split: z
      .number()
      .min(0.001)
      .max(0.9)
      .default(0.1)
      .describe('Fraction of "images" held out for evaluation when there is no "testImages".'),
    imageSize: z
      .int()
      .min(4)
      .max(1024)
      .default(28)
      .describe(
        'Image size for training: the size in the file or, for 28×28 images, also 32 (with a black border) or 64 (32 doubled).',
      ),
    channels: z
      .literal([1, 3])
      .default(1)
      .describe('1 for greyscale, 3 for RGB. Greyscale files can be used with 3.'),
  }),
  describe: ({ imageSize, channels, labels }) => ({
    example: { kind: 'image', height: imageSize, width: imageSize, channels },
    ...(labels === undefined ? { classes: 0 } : {}),
  }),
  async open(options, { baseFolder }) {
    const { split, imageSize, channels } = options;
    const { train, heldOut } = partsOf(options, baseFolder);
    return await openIdx({ train, heldOut: heldOut ?? { share: split }, imageSize, channels });
  },
});
