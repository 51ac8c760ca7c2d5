/** Generated scenes with the class of every pixel: pairs for segmentation and for synthesis from label maps. */
import * as z from 'zod';
import { choice } from '../../shared/choice';
import type { ImageShape } from '../../shared/example-shape';
import { drawScene, SCENE_LABELS, SCENE_VERSION } from '../drawn/scene';
import { datasetOf, openDrawing } from '../packed/pack-dataset';
import { defineSource } from '../source';
import { heldOutShare } from './common-options';

function shapesOf(size: number): { readonly picture: ImageShape; readonly labels: ImageShape } {
  const extent = { kind: 'image', height: size, width: size } as const;
  return {
    picture: { ...extent, channels: 3 },
    labels: { ...extent, channels: SCENE_LABELS.names.length, labelMap: SCENE_LABELS },
  };
}

export const shapes = defineSource({
  name: 'shapes',
  title: 'Shapes with label maps',
  description:
    'Synthetic paired data for segmentation: coloured discs, squares and triangles on textured backgrounds with their label maps, generated from the run’s seed.',
  options: z.strictObject({
    imageSize: z.literal([32, 64]).default(64).describe('Height and width in pixels.'),
    count: z
      .int()
      .min(10)
      .max(1_000_000)
      .default(4000)
      .describe('Number of images, including held-out ones.'),
    direction: choice(['picture-to-labels', 'labels-to-picture'], {
      'picture-to-labels': 'Segmentation: from image to label map.',
      'labels-to-picture': 'Synthesis: from label map to image.',
    })
      .default('picture-to-labels')
      .describe('Translation direction.'),
    split: heldOutShare(0.1),
  }),
  describe({ imageSize, direction }) {
    const { picture, labels } = shapesOf(imageSize);
    const [given, made] = direction === 'picture-to-labels' ? [picture, labels] : [labels, picture];
    return { example: made, classes: 0, input: { shape: given, paired: true } };
  },
  async open({ imageSize, count, direction, split }, context) {
    const { picture, labels } = shapesOf(imageSize);
    const pack = await openDrawing(
      {
        kind: 'shapes',
        decidedBy: { version: SCENE_VERSION, seed: context.seed },
        contents: { target: labels, input: picture, classes: 0 },
        count,
        async draw(index) {
          const scene = drawScene(context.seed, index, imageSize);
          return { record: Buffer.concat([scene.picture, scene.labels]) };
        },
      },
      context,
    );
    return datasetOf(pack, split, direction === 'picture-to-labels' ? 'as stored' : 'reversed');
  },
});
