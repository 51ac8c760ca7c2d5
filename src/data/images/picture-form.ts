/** Options for converting images of any size to the network's format. */
import * as z from 'zod';
import { choice } from '../../shared/choice';
import type { ImageShape } from '../../shared/example-shape';

/** Options shared by every source of images. */
export const pictureForm = {
  imageSize: z.int().min(4).max(1024).default(64).describe('Image size for training, in pixels.'),
  channels: z.literal([1, 3, 4]).default(3).describe('1 for greyscale, 3 for RGB, 4 for RGBA.'),
  fit: choice(['crop', 'random-crop', 'letterbox', 'stretch'], {
    crop: 'Keeps the central square.',
    'random-crop': 'Keeps a random square, the same one for an image each time.',
    letterbox: 'Keeps the whole image and adds bars in the "background" colour.',
    stretch: 'Scales height and width independently.',
  })
    .default('crop')
    .describe('How images are made square.'),
  background: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#ffffff')
    .describe('Colour of transparent areas and of letterbox bars, such as #000000.'),
};

const pictureOptions = z.strictObject(pictureForm);
export type PictureForm = z.output<typeof pictureOptions>;

export function shapeOf({ imageSize, channels }: Pick<PictureForm, 'imageSize' | 'channels'>): ImageShape {
  return { kind: 'image', height: imageSize, width: imageSize, channels };
}

/** The options that affect an image's bytes, for the name of a cache. */
export function formKey({ imageSize, channels, fit, background }: PictureForm): string {
  return [imageSize, channels, fit, background.toLowerCase()].join(' ');
}
