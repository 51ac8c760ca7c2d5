/** The 10,000 MNIST digits that ship with the product, so that a first experiment needs no data. */
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../shared/package-root';
import { openIdx } from '../idx/idx-dataset';
import { defineSource } from '../source';

export const digits = defineSource({
  name: 'digits',
  title: 'Handwritten digits',
  description:
    '10,000 real handwritten digits of MNIST (LeCun and Cortes), 28×28 gray, labelled 0 to 9, that ship with the ' +
    'product: 8,000 to train on and 2,000 held out.',
  options: z.strictObject({
    imageSize: z
      .literal([28, 32, 64])
      .default(28)
      .describe(
        'Height and width in pixels. 28 is as recorded, 32 has a black border of 2, 64 is that enlarged twice.',
      ),
    channels: z
      .literal([1, 3])
      .default(1)
      .describe('1 for gray, 3 for the same gray in red, green and blue.'),
  }),
  describe: ({ imageSize, channels }) => ({
    example: { kind: 'image', height: imageSize, width: imageSize, channels },
    classes: 10,
  }),
  async open(options) {
    const file = (name: string): string => join(packageRoot(), 'assets', 'digits', `${name}.gz`);
    return await openIdx({
      ...options,
      train: { images: file('train-images-idx3-ubyte'), labels: file('train-labels-idx1-ubyte') },
      heldOut: { images: file('test-images-idx3-ubyte'), labels: file('test-labels-idx1-ubyte') },
    });
  },
});
