/** Files in the format of MNIST: the full MNIST, Fashion-MNIST, EMNIST and whatever else comes as IDX. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { DataError } from '../data-error';
import { openIdx } from '../idx/idx-dataset';
import type { IdxPart } from '../idx/idx-part';
import { defineSource } from '../source';

const path = z.string().min(1);

/** Pairs the paths; labels are for both parts or for none, so that a conditional model can be scored. */
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
      `"testLabels" is ${testLabels}, but there is no "testImages" that it belongs to.`,
      'Add "testImages", or leave "testLabels" out.',
    );
  }
  if (testImages !== undefined && (labels === undefined) !== (testLabels === undefined)) {
    const [given, missing] = labels === undefined ? ['testLabels', 'labels'] : ['labels', 'testLabels'];
    throw new DataError(
      `"${given}" is given, but not "${missing}": one part would have labels and the other none.`,
      `Add "${missing}", or leave "${given}" out.`,
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
  description:
    'Images, and labels where there are any, in the file format of MNIST (IDX, unsigned bytes), gzipped or not. ' +
    'Paths are relative to the experiment file or absolute.',
  pathOptions: { images: 'file', labels: 'file', testImages: 'file', testLabels: 'file' },
  options: z.strictObject({
    images: path.describe('File of the images, e.g. train-images-idx3-ubyte.gz.'),
    labels: path.optional().describe('File of their labels, one byte each.'),
    testImages: path
      .optional()
      .describe('File of the images held out of training, for scores. Without it, a share of "images" is.'),
    testLabels: path.optional().describe('File of the labels of "testImages".'),
    split: z
      .number()
      .min(0.001)
      .max(0.9)
      .default(0.1)
      .describe(
        'Share of "images" that is held out of training where there is no "testImages". The same file and share ' +
          'always give the same split.',
      ),
    imageSize: z
      .int()
      .min(4)
      .max(1024)
      .default(28)
      .describe(
        'Height and width in pixels that the network sees: that of the images in the file, or, for images of ' +
          '28×28, also 32 (a black border of 2) or 64 (that enlarged twice).',
      ),
    channels: z
      .literal([1, 3])
      .default(1)
      .describe('1 for gray, 3 for RGB. Gray files can be used with 3: the same gray in each channel.'),
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
