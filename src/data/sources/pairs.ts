/** The user's own image pairs, for image-to-image translation, or two unpaired folders, for CycleGAN. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { choice } from '../../shared/choice';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { drawPicture, type Part } from '../images/draw-picture';
import { type ImportItem, openImported, stampOf } from '../images/import-pictures';
import { PictureError } from '../images/picture';
import { formKey, type PictureForm, pictureForm, shapeOf } from '../images/picture-form';
import { type Scan, type ScannedFile, scanFolder } from '../images/scan-folder';
import type { Pack } from '../packed/pack';
import { datasetOf, unpairedBodies } from '../packed/pack-dataset';
import { type Dataset, defineSource, type OpenContext } from '../source';
import { heldOutShare, maxSkipped } from './common-options';
import { openFolder } from './folder';

const LEFT: Part = { left: 0, width: 0.5 };
const RIGHT: Part = { left: 0.5, width: 0.5 };

interface PairImport extends PictureForm {
  /** Absolute path; without a second folder, each file contains both images. */
  readonly folder: string;
  readonly targets: string | undefined;
  readonly maxSkipped: number;
}

/** The left image, or the one from the first folder, is the stored input. */
async function openPairs(plan: PairImport, context: OpenContext): Promise<Pack> {
  const { folder, targets } = plan;
  return await openImported(
    {
      title: targets === undefined ? folder : `${folder} and ${targets}`,
      settings: `pairs\0${folder}\0${targets ?? ''}\0${formKey(plan)}`,
      maxSkipped: plan.maxSkipped,
      async list(signal) {
        const scan = await scanFolder(folder, signal);
        const items =
          targets === undefined
            ? scan.files.map((file) => sideBySide(file, plan))
            : matched(scan, await scanFolder(targets, signal), plan, targets);
        const contents = { target: shapeOf(plan), input: shapeOf(plan), classes: 0 };
        return {
          items: [...items, ...scan.unusable.map(({ name, reason }) => unusable(name, reason))],
          contents,
        };
      },
    },
    context,
  );
}

function unusable(name: string, reason: LocalizableText): ImportItem {
  return { name, reason, stamp: '', draw: () => Promise.reject(new PictureError(reason)) };
}

function sideBySide({ name, path, stamp }: ScannedFile, form: PictureForm): ImportItem {
  return {
    name,
    stamp,
    currentStamp: () => stampOf(path),
    async draw() {
      const left = await drawPicture({ file: path }, form, name, LEFT);
      return Buffer.concat([left, await drawPicture({ file: path }, form, name, RIGHT)]);
    },
  };
}

/** Matches images by name, ignoring the file format. */
function matched(inputs: Scan, targets: Scan, form: PictureForm, targetFolder: string): ImportItem[] {
  const stem = (name: string): string => name.replace(/\.[^./]+$/, '');
  const counterparts = new Map(targets.files.map((file) => [stem(file.name), file]));
  const items = inputs.files.map((input): ImportItem => {
    const { name } = input;
    const target = counterparts.get(stem(name));
    counterparts.delete(stem(name));
    if (target === undefined) return unusable(name, localizable('No matching file in {0}', targetFolder));
    return {
      name,
      stamp: `${input.stamp}|${target.stamp}`,
      currentStamp: () => stampOf(input.path, target.path),
      async draw() {
        const given = await drawPicture({ file: input.path }, form, stem(name));
        return Buffer.concat([given, await drawPicture({ file: target.path }, form, stem(name))]);
      },
    };
  });
  const alone = [...counterparts.values()].map(({ path }) => unusable(path, localizable('No matching file')));
  return [...items, ...alone, ...targets.unusable.map(({ name, reason }) => unusable(name, reason))];
}

export const pairs = defineSource({
  name: 'pairs',
  title: 'Image pairs',
  description:
    'Image pairs for image-to-image translation, side by side in one file or under the same name in two folders; or two folders of unpaired images for CycleGAN. Formats as for "folder".',
  options: z.strictObject({
    folder: z
      .string()
      .min(1)
      .describe('Folder of the input images or, without "targets", of files with both images side by side.'),
    targets: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Folder of the target images, with the same file names as the inputs.'),
    use: choice(['pairs', 'unpaired'], {
      pairs: 'Images with the same name form a pair.',
      unpaired: 'Two independent sets of images; needs "targets".',
    })
      .default('pairs')
      .describe('Whether the images are paired.'),
    direction: choice(['forward', 'backward'], {
      forward: 'From left to right, or from "folder" to "targets".',
      backward: 'From right to left, or from "targets" to "folder".',
    })
      .default('forward')
      .describe('Translation direction.'),
    ...pictureForm,
    split: heldOutShare(0.1),
    maxSkipped,
  }),
  pathOptions: { folder: 'folder', targets: 'folder' },
  unsuitable: ({ use, targets }) =>
    use === 'unpaired' && targets === undefined
      ? localizable('unpaired data needs a second folder; set "targets"')
      : undefined,
  describe: (options) => ({
    example: shapeOf(options),
    classes: 0,
    input: { shape: shapeOf(options), paired: options.use === 'pairs' },
  }),
  async open(options, context) {
    const { use, direction, split } = options;
    const folder = resolve(context.baseFolder, options.folder);
    const targets = options.targets === undefined ? undefined : resolve(context.baseFolder, options.targets);
    if (use === 'unpaired') return await openUnpaired(folder, targets, options, context);
    const pack = await openPairs({ ...options, folder, targets }, context);
    return datasetOf(pack, split, direction === 'forward' ? 'as stored' : 'reversed');
  },
});

type Options = PictureForm & {
  readonly folder: string;
  readonly targets?: string;
  readonly direction: 'forward' | 'backward';
  readonly split: number;
  readonly maxSkipped: number;
};

async function openUnpaired(
  folder: string,
  targets: string | undefined,
  options: Options,
  context: OpenContext,
): Promise<Dataset> {
  if (targets === undefined)
    throw new DataError(
      localizable('"use" is "unpaired", but "targets" is not set.'),
      localizable('Set "targets" to the second folder.'),
    );
  const given = await openFolder({ ...options, folder, labels: 'none' }, context);
  try {
    const made = await openFolder({ ...options, folder: targets, labels: 'none' }, context);
    const [first, second] = [
      { folder: options.folder, pack: given },
      { folder: options.targets ?? targets, pack: made },
    ];
    return options.direction === 'forward'
      ? unpairedBodies(second, first, options.split)
      : unpairedBodies(first, second, options.split);
  } catch (error) {
    await given.close();
    throw error;
  }
}
