/** How pictures of any size are brought to the one form that the network sees: the options, and what they mean. */
import * as z from 'zod';
import type { ImageShape } from '../source';

/** Options that every source of pictures has. */
export const pictureForm = {
  imageSize: z
    .int()
    .min(4)
    .max(1024)
    .default(64)
    .describe('Height and width in pixels that the network sees.'),
  channels: z.literal([1, 3, 4]).default(3).describe('1 for gray, 3 for RGB, 4 for RGB with transparency.'),
  fit: z
    .enum(['crop', 'random-crop', 'letterbox', 'stretch'])
    .default('crop')
    .describe(
      'What happens to pictures that are not square. crop: the middle is kept. random-crop: a part is kept that ' +
        'differs from picture to picture and is always the same for one. letterbox: all is kept, between bars of ' +
        '"background". stretch: height and width are scaled apart.',
    ),
  background: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#ffffff')
    .describe(
      'Colour behind transparent pixels, unless "channels" is 4, and of letterbox bars, e.g. #000000.',
    ),
};

const pictureOptions = z.strictObject(pictureForm);
export type PictureForm = z.output<typeof pictureOptions>;

export function shapeOf({ imageSize, channels }: Pick<PictureForm, 'imageSize' | 'channels'>): ImageShape {
  return { kind: 'image', height: imageSize, width: imageSize, channels };
}

/** The part of the options that decides a picture's bytes, for the name of a cache. */
export function formKey({ imageSize, channels, fit, background }: PictureForm): string {
  return [imageSize, channels, fit, background.toLowerCase()].join(' ');
}
