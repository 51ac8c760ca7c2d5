/** Stacked MNIST: three random digits as the channels of one image, a benchmark of mode collapse with 1,000 modes. */
import * as z from 'zod';
import { defineSource } from '../source';
import { STACKED, stack } from '../stack';
import { digits } from './digits';
import { mnist } from './mnist';

export const stackedDigits = defineSource({
  name: 'stacked-digits',
  title: 'Stacked digits',
  description:
    'Three random MNIST digits as the red, green and blue of one image: 1,000 combinations, of which `modesOfStacked` ' +
    'counts how many are generated (Metz et al. 2017, “Unrolled GANs”, section 3.3.1).',
  licence: 'CC BY-SA 3.0, Yann LeCun and Corinna Cortes',
  options: z.strictObject({
    from: z
      .enum(['digits', 'mnist'])
      .default('digits')
      .describe('The digits: those included with GAN Workbench, or all of MNIST, downloaded when needed.'),
    imageSize: z
      .literal([28, 32])
      .default(28)
      .describe('Height and width in pixels. 28 is the original size, 32 adds a black border of 2 pixels.'),
    count: z
      .int()
      .min(100)
      .max(10_000_000)
      .default(128_000)
      .describe('Number of images for training. They take no memory.'),
    heldOut: z
      .int()
      .min(100)
      .max(1_000_000)
      .default(26_000)
      .describe('Number of images held out for evaluation, of digits that are not in the training images.'),
  }),
  describe: ({ imageSize }) => ({
    example: { kind: 'image', height: imageSize, width: imageSize, channels: STACKED },
    classes: 0,
  }),
  async open({ from, imageSize, count, heldOut }, context) {
    const source = from === 'mnist' ? mnist : digits;
    const grey = await source.open({ imageSize, channels: 1 }, context);
    return stack(grey, { train: count, heldOut });
  },
});
