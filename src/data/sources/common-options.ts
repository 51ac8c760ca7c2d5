/** Options that several sources share, so that they mean and say the same everywhere. */
import * as z from 'zod';

/** The option `split`. */
export function heldOutShare(share: number) {
  return z
    .number()
    .min(0.001)
    .max(0.9)
    .default(share)
    .describe(
      'Share of the examples that is held out of training, for scores. The same data and share always give the ' +
        'same split.',
    );
}

/** Size and channels of the data sets that come as 28×28 gray. */
export const mnistForm = {
  imageSize: z
    .literal([28, 32, 64])
    .default(28)
    .describe(
      'Height and width in pixels. 28 is as recorded, 32 has a black border of 2, 64 is that enlarged twice.',
    ),
  channels: z.literal([1, 3]).default(1).describe('1 for gray, 3 for the same gray in red, green and blue.'),
};

/** The option `maxSkipped`. */
export const maxSkipped = z
  .int()
  .min(0)
  .max(1e9)
  .default(10)
  .describe(
    'So many pictures that cannot be used are skipped and listed; with more of them, the run refuses to start.',
  );
