/** The 10,000 MNIST digits that ship with the product, so that a first experiment works without downloads. */
import { join } from 'node:path';
import * as z from 'zod';
import { packageRoot } from '../../shared/package-root';
import { openIdx } from '../idx/idx-dataset';
import { defineSource } from '../source';
import { describeMnist, mnistForm } from './common-options';

export const digits = defineSource({
  name: 'digits',
  title: 'Handwritten digits',
  description:
    '10,000 MNIST digits (LeCun and Cortes), 28×28 greyscale, labelled 0 to 9; 8,000 for training, 2,000 held out. Included with GAN Workbench.',
  licence: 'CC BY-SA 3.0, Yann LeCun and Corinna Cortes',
  options: z.strictObject(mnistForm),
  describe: describeMnist,
  async open(options) {
    const file = (name: string): string => join(packageRoot(), 'assets', 'digits', `${name}.gz`);
    return await openIdx({
      ...options,
      train: { images: file('train-images-idx3-ubyte'), labels: file('train-labels-idx1-ubyte') },
      heldOut: { images: file('test-images-idx3-ubyte'), labels: file('test-labels-idx1-ubyte') },
    });
  },
});
