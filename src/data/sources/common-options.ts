/** Options shared by several sources, for consistent meaning and descriptions. */
import * as z from 'zod';
import type { DataShape } from '../../shared/example-shape';

/** The option `split`. */
export function heldOutShare(share: number) {
  return z
    .number()
    .min(0.001)
    .max(0.9)
    .default(share)
    .describe('Fraction of the data held out for evaluation. The same data always gives the same split.');
}

/** Size and channels of datasets that are originally 28×28 grey. */
export const mnistForm = {
  imageSize: z
    .literal([28, 32, 64])
    .default(28)
    .describe(
      'Height and width in pixels. 28 is the original size, 32 adds a black border of 2 pixels, 64 doubles 32.',
    ),
  channels: z.literal([1, 3]).default(1).describe('1 for greyscale, 3 for RGB.'),
};

/** Shape of datasets with `mnistForm`, which have ten classes. */
export function describeMnist({ imageSize, channels }: { imageSize: number; channels: number }): DataShape {
  return { example: { kind: 'image', height: imageSize, width: imageSize, channels }, classes: 10 };
}

/** The option `maxSkipped`. */
export const maxSkipped = z
  .int()
  .min(0)
  .max(1e9)
  .default(10)
  .describe('Maximum number of unusable files to skip. With more, training does not start.');
