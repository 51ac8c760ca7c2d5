/** The user's own images: all images in a folder. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { drawPicture } from '../images/draw-picture';
import { type ImportItem, openImported, stampOf } from '../images/import-pictures';
import { type Labelling, labelsFromFile, labelsFromFolders } from '../images/labels';
import { PictureError } from '../images/picture';
import { formKey, type PictureForm, pictureForm, shapeOf } from '../images/picture-form';
import { type Scan, scanFolder } from '../images/scan-folder';
import type { Pack } from '../packed/pack';
import { datasetOf } from '../packed/pack-dataset';
import type { PackContents } from '../packed/pack-format';
import { defineSource, type OpenContext } from '../source';
import { heldOutShare, maxSkipped } from './common-options';

export interface FolderImport extends PictureForm {
  /** Absolute path. */
  readonly folder: string;
  /** `none`, `folders`, or the absolute path of a table. */
  readonly labels: string;
  readonly maxSkipped: number;
}

/** Imports all images in the folder. Throws `DataError`. */
export async function openFolder(
  plan: FolderImport,
  context: Omit<OpenContext, 'seed' | 'baseFolder'>,
): Promise<Pack> {
  return await openImported(
    {
      title: plan.folder,
      settings: `folder\0${plan.folder}\0${formKey(plan)}\0${plan.labels}`,
      maxSkipped: plan.maxSkipped,
      async list(signal) {
        const scan = await scanFolder(plan.folder, signal);
        const labelling = await labellingOf(plan.labels, scan);
        const contents: PackContents = {
          target: shapeOf(plan),
          classes: labelling?.names.length ?? 0,
          ...(labelling === undefined ? {} : { classNames: labelling.names }),
        };
        return { items: itemsOf(scan, plan, labelling), contents };
      },
    },
    context,
  );
}

async function labellingOf(labels: string, { files }: Scan): Promise<Labelling | undefined> {
  const names = files.map(({ name }) => name);
  if (labels === 'none') return undefined;
  if (labels === 'folders') return labelsFromFolders(names);
  return await labelsFromFile(labels, names);
}

function itemsOf(scan: Scan, form: PictureForm, labelling: Labelling | undefined): ImportItem[] {
  const files = scan.files.map(({ name, path, stamp }): ImportItem => {
    const label = labelling?.labelOf(name);
    return {
      name,
      stamp,
      ...(label === undefined ? {} : { label }),
      ...(labelling !== undefined && label === undefined ? { reason: labelling.missing } : {}),
      currentStamp: () => stampOf(path),
      draw: () => drawPicture({ file: path }, form, name),
    };
  });
  const unusable = scan.unusable.map(
    ({ name, reason }): ImportItem => ({
      name,
      reason,
      stamp: '',
      draw: () => Promise.reject(new PictureError(reason)),
    }),
  );
  return [...files, ...unusable];
}

function isLabelFile(labels: string): boolean {
  return labels !== 'none' && labels !== 'folders';
}

export const folder = defineSource({
  name: 'folder',
  title: 'Image folder',
  description:
    'All PNG, JPEG, WebP, GIF (first frame), BMP, TIFF and SVG files in a folder and its subfolders, resized to one size. Images are cached at the first start.',
  options: z.strictObject({
    folder: z.string().min(1).describe('Path of the folder, absolute or relative to the experiment.'),
    labels: z
      .string()
      .min(1)
      .default('none')
      .describe(
        'Class labels: "none"; "folders" for the subfolders of "folder"; or the path of a CSV file with the columns ' +
          'file and label, or of a JSON file such as {"cats/1.png": "cat"}.',
      ),
    ...pictureForm,
    split: heldOutShare(0.1),
    maxSkipped,
  }),
  pathOptions: { folder: 'folder', labels: (written) => (isLabelFile(written) ? 'file' : undefined) },
  describe: (options) => ({
    example: shapeOf(options),
    ...(options.labels === 'none' ? { classes: 0 } : {}),
  }),
  async open(options, context) {
    const { labels, split } = options;
    const pack = await openFolder(
      {
        ...options,
        folder: resolve(context.baseFolder, options.folder),
        labels: isLabelFile(labels) ? resolve(context.baseFolder, labels) : labels,
      },
      context,
    );
    return datasetOf(pack, split);
  },
});
