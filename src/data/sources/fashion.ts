/** Fashion-MNIST, harder than digits: from Debian's install location, or from a folder given in the experiment. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { openIdx } from '../idx/idx-dataset';
import { defineSource } from '../source';
import { describeMnist, mnistForm } from './common-options';

const DEBIAN_FOLDER = '/usr/share/datasets/fashion-mnist';

const FASHION_CLASSES: readonly string[] = [
  'T-shirt/top',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];

export const fashion = defineSource({
  name: 'fashion',
  title: 'Fashion-MNIST',
  description:
    '70,000 images of clothing (Zalando, MIT licence), 28×28 greyscale, ten classes; 60,000 for training, 10,000 held out. Provided by the Debian and Ubuntu package dataset-fashion-mnist.',
  licence: 'MIT, Zalando SE',
  options: z.strictObject({
    folder: z
      .string()
      .min(1)
      .default(DEBIAN_FOLDER)
      .describe(
        'Folder of the four IDX files, gzipped or not. The Debian package installs them in the default folder.',
      ),
    ...mnistForm,
  }),
  pathOptions: { folder: 'folder' },
  describe: describeMnist,
  async open({ folder, ...form }, { baseFolder }) {
    const place = resolve(baseFolder, folder);
    const part = async (name: string) => ({
      images: await existing(place, `${name}-images-idx3-ubyte`),
      labels: await existing(place, `${name}-labels-idx1-ubyte`),
    });
    const dataset = await openIdx({ ...form, train: await part('train'), heldOut: await part('t10k') });
    const named = { classNames: FASHION_CLASSES };
    return {
      ...dataset,
      train: { ...dataset.train, ...named },
      heldOut: { ...dataset.heldOut, ...named },
    };
  },
});

/** The path of the file, gzipped or not. */
async function existing(folder: string, name: string): Promise<string> {
  for (const path of [join(folder, `${name}.gz`), join(folder, name)])
    if (
      await stat(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  throw new DataError(
    localizable('{0} contains neither {1} nor {2}.', folder, `${name}.gz`, name),
    localizable(
      'Install the Debian package dataset-fashion-mnist (`apt-get install dataset-fashion-mnist`), or download the four files from https://github.com/zalandoresearch/fashion-mnist and set "folder" to their folder.',
    ),
  );
}
