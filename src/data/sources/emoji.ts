/** OpenMoji emoji as line art and in colour: pairs for image-to-image translation, or two unpaired domains. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { choice } from '../../shared/choice';
import { localizable } from '../../shared/localizable-text';
import { rasterPixels } from '../../svg/svg';
import { DataError } from '../data-error';
import { fetchedFolder } from '../packages/package-folder';
import { datasetOf, openDrawing, unpairedDataset } from '../packed/pack-dataset';
import { defineSource } from '../source';
import { heldOutShare } from './common-options';

/** Part of the cache's name: identifies the drawings and the renderer. */
const DRAWN_BY = 'openmoji 17.0.0, resvg 2.6.2';

const catalogue = z.array(
  z.object({ hexcode: z.string(), group: z.string(), skintone: z.union([z.string(), z.number()]) }),
);

interface Emoji {
  readonly hexcode: string;
  readonly label: number;
}

/** Emoji without skin tone variants, which share their line art: held-out ones would be known from training. */
async function readCatalogue(folder: string): Promise<{ emoji: Emoji[]; groups: string[] }> {
  const file = join(folder, 'data', 'openmoji.json');
  const parsed = catalogue.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success)
    throw new DataError(
      localizable('{0} is not a list of emoji.', file),
      localizable('Delete its folder and download the dataset again.'),
    );
  const kept = parsed.data.filter(({ skintone }) => skintone === '');
  const groups = [...new Set(kept.map(({ group }) => group))].sort();
  return { emoji: kept.map(({ hexcode, group }) => ({ hexcode, label: groups.indexOf(group) })), groups };
}

export const emoji = defineSource({
  name: 'emoji',
  title: 'Emoji, line art and colour',
  description:
    'OpenMoji emoji (CC BY-SA 4.0) as line art and in colour, RGB on white, labelled by group; skin-tone variants are ' +
    'left out. Downloaded once, when needed.',
  licence: 'CC BY-SA 4.0, OpenMoji – the open-source emoji and icon project',
  options: z.strictObject({
    imageSize: z.literal([32, 64, 128]).default(64).describe('Height and width in pixels.'),
    use: choice(['pairs', 'unpaired', 'colour'], {
      pairs: 'Pairs of line art and colour.',
      unpaired: 'Line art of one half of the emoji, colour images of the other half.',
      colour: 'Colour images only.',
    })
      .default('pairs')
      .describe('How the images are used.'),
    direction: choice(['line-to-colour', 'colour-to-line'], {
      'line-to-colour': 'From line art to colour.',
      'colour-to-line': 'From colour to line art.',
    })
      .default('line-to-colour')
      .describe('Translation direction of paired and unpaired data.'),
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
