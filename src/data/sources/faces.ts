/** Faces put together from drawn parts: colour images of one subject in any number, free of rights and of persons. */
import { createAvatar } from '@dicebear/core';
import * as pixelArt from '@dicebear/pixel-art';
import * as z from 'zod';
import { rasterPixels } from '../../pictures/svg';
import { datasetOf, openDrawing } from '../packed/pack-dataset';
import { defineSource } from '../source';
import { heldOutShare } from './common-options';

/** Part of the cache's name: a newer version of the packages may draw other faces. */
const DRAWN_BY = 'dicebear 9.4.3';
const BACKGROUNDS = ['b6e3f4', 'c0aede', 'd1d4f9', 'ffd5dc', 'ffdfbf'];

export const faces = defineSource({
  name: 'faces',
  title: 'Generated faces',
  description:
    'Pixel-art faces that DiceBear puts together from parts (“Pixel Art” by DiceBear, CC0 1.0), RGB: hair, eyes, ' +
    'mouths, glasses, hats and clothes in many combinations. The same number always gives the same faces.',
  options: z.strictObject({
    imageSize: z
      .literal([32, 64])
      .default(64)
      .describe('Height and width in pixels; a face is drawn on 16×16 squares.'),
    count: z.int().min(10).max(1_000_000).default(5000).describe('Number of faces, of both parts.'),
    split: heldOutShare(0.1),
  }),
  describe: ({ imageSize }) => ({
    example: { kind: 'image', height: imageSize, width: imageSize, channels: 3 },
    classes: 0,
  }),
  async open({ imageSize, count, split }, context) {
    const target = { kind: 'image', height: imageSize, width: imageSize, channels: 3 } as const;
    const pack = await openDrawing(
      {
        kind: 'faces',
        decidedBy: { drawnBy: DRAWN_BY },
        contents: { target, classes: 0 },
        count,
        async draw(index) {
          const svg = createAvatar(pixelArt, { seed: `face ${index}`, backgroundColor: BACKGROUNDS });
          return { record: await rasterPixels(svg.toString(), imageSize) };
        },
      },
      context,
    );
    return datasetOf(pack, split);
  },
});
