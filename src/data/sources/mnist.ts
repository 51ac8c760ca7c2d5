/** The full MNIST; the digits that ship with the product are a seventh of it. */
import { join } from 'node:path';
import * as z from 'zod';
import { openIdx } from '../idx/idx-dataset';
import { fetchedFolder } from '../packages/package-folder';
import { defineSource } from '../source';
import { describeMnist, mnistForm } from './common-options';

export const mnist = defineSource({
  name: 'mnist',
  title: 'MNIST',
  description:
    '70,000 handwritten digits (LeCun and Cortes, CC BY-SA 3.0), 28×28 greyscale, labelled 0 to 9; 60,000 for ' +
    'training, 10,000 held out. Downloaded once, when needed.',
  licence: 'CC BY-SA 3.0, Yann LeCun and Corinna Cortes',
  options: z.strictObject(mnistForm),
  describe: describeMnist,
  async open(options) {
    const folder = join(await fetchedFolder('mnist'), 'data');
    return await openIdx({
      ...options,
      train: {
        images: join(folder, 'train-images-idx3-ubyte'),
        labels: join(folder, 'train-labels-idx1-ubyte'),
      },
      heldOut: {
        images: join(folder, 't10k-images-idx3-ubyte'),
        labels: join(folder, 't10k-labels-idx1-ubyte'),
      },
    });
  },
});
