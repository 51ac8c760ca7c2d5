/** OpenMoji's emoji, each as a line drawing and in colour: pairs for image-to-image, and two domains without them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { rasterPixels } from '../../pictures/svg';
import { DataError } from '../data-error';
import { fetchedFolder } from '../packages/package-folder';
import { datasetOf, openDrawing, unpairedDataset } from '../packed/pack-dataset';
import { defineSource } from '../source';
import { heldOutShare } from './common-options';

/** Part of the cache's name. */
const DRAWN_BY = 'openmoji 17.0.0, resvg 2.6.2';

const catalogue = z.array(
  z.object({ hexcode: z.string(), group: z.string(), skintone: z.union([z.string(), z.number()]) }),
);

interface Emoji {
  readonly hexcode: string;
  readonly label: number;
}

/** Emoji without skin tones, whose line drawings are all the same: a held-out one would be known from training. */
async function readCatalogue(folder: string): Promise<{ emoji: Emoji[]; groups: string[] }> {
  const file = join(folder, 'data', 'openmoji.json');
  const parsed = catalogue.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success)
    throw new DataError(`${file} is no list of emoji.`, 'Remove its folder and fetch it again.');
  const kept = parsed.data.filter(({ skintone }) => skintone === '');
  const groups = [...new Set(kept.map(({ group }) => group))].sort();
  return { emoji: kept.map(({ hexcode, group }) => ({ hexcode, label: groups.indexOf(group) })), groups };
}

export const emoji = defineSource({
  name: 'emoji',
  title: 'Emoji, line and colour',
  description:
    'The emoji of OpenMoji (CC BY-SA 4.0), each as a line drawing and in colour, RGB over white, labelled by their ' +
    'group; those that differ in skin tone alone count once. Fetched once, when it is needed.',
  options: z.strictObject({
    imageSize: z.literal([32, 64, 128]).default(64).describe('Height and width in pixels.'),
    use: z
      .enum(['pairs', 'unpaired', 'colour'])
      .default('pairs')
      .describe(
        'pairs: a drawing is given for each example. unpaired: drawings of one half of the emoji are given, and the ' +
          'examples come from the other half. colour: the colour pictures alone.',
      ),
    direction: z
      .enum(['line-to-colour', 'colour-to-line'])
      .default('line-to-colour')
      .describe('What is given and what is to be produced, of pairs and of unpaired data.'),
    split: heldOutShare(0.1),
  }),
  describe({ imageSize, use }) {
    const shape = { kind: 'image', height: imageSize, width: imageSize, channels: 3 } as const;
    return use === 'colour'
      ? { example: shape }
      : { example: shape, input: { shape, paired: use === 'pairs' } };
  },
  async open({ imageSize, use, direction, split }, context) {
    const folder = await fetchedFolder('emoji');
    const { emoji, groups } = await readCatalogue(folder);
    const shape = { kind: 'image', height: imageSize, width: imageSize, channels: 3 } as const;
    const pack = await openDrawing(
      {
        kind: 'emoji',
        decidedBy: { drawnBy: DRAWN_BY },
        contents: { target: shape, input: shape, classes: groups.length, classNames: groups },
        count: emoji.length,
        async draw(index) {
          const { hexcode = '', label = 0 } = emoji[index] ?? {};
          const draw = async (kind: string): Promise<Uint8Array> =>
            rasterPixels(await readFile(join(folder, kind, 'svg', `${hexcode}.svg`), 'utf8'), imageSize);
          return { record: Buffer.concat([await draw('black'), await draw('color')]), label };
        },
      },
      context,
    );
    const reversed = direction === 'colour-to-line';
    if (use === 'unpaired') return unpairedDataset(pack, split, reversed);
    return datasetOf(pack, split, use === 'colour' ? 'target alone' : reversed ? 'reversed' : 'as stored');
  },
});
