/** CIFAR-10, binary version: per image, one byte of label and 3072 bytes of red, green and blue planes. */
import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { unreadable } from '../file-error';
import { openBytes, type PackedBytes } from '../packed/bytes';
import { fingerprintOf } from '../packed/fingerprint';
import { type Dataset, defineSource, type Examples } from '../source';

const CLASSES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;
const PIXELS = 32 * 32;
const RECORD_BYTES = 1 + 3 * PIXELS;

export const cifar10 = defineSource({
  name: 'cifar10',
  title: 'CIFAR-10',
  description:
    'Photographs in ten classes (Krizhevsky 2009), 32×32 RGB, from the binary version (cifar-10-batches-bin): data_batch_*.bin for training, test_batch.bin held out.',
  options: z.strictObject({
    folder: z
      .string()
      .min(1)
      .describe('Folder with test_batch.bin and some or all of data_batch_1.bin to data_batch_5.bin.'),
  }),
  pathOptions: { folder: 'folder' },
  describe: () => ({
    example: { kind: 'image', height: 32, width: 32, channels: 3 },
    classes: CLASSES.length,
  }),
  async open(options, { baseFolder }): Promise<Dataset> {
    const folder = resolve(baseFolder, options.folder);
    const trainFiles: string[] = [];
    for (let i = 1; i <= 5; i++) {
      const file = join(folder, `data_batch_${i}.bin`);
      const isThere = await stat(file).then(
        () => true,
        () => false,
      );
      if (isThere) trainFiles.push(file);
    }
    if (trainFiles.length === 0)
      throw new DataError(
        localizable('{0} does not contain {1}.', folder, 'data_batch_1.bin'),
        localizable(
          'Download cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html, unpack it, and specify the folder it contains.',
        ),
      );
    const train = await openBatches(trainFiles);
    try {
      const heldOut = await openBatches([join(folder, 'test_batch.bin')]);
      const fingerprint = await fingerprintOf(...[...train, ...heldOut].map(({ bytes }) => bytes));
      return { train: examplesOf(train), heldOut: examplesOf(heldOut), fingerprint };
    } catch (error) {
      await closeAll(train);
      throw error;
    }
  },
});

interface BatchFile {
  readonly file: string;
  readonly bytes: PackedBytes;
  readonly count: number;
}

async function openBatchFile(file: string): Promise<BatchFile> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const { size } = await handle.stat();
  await handle.close();
  if (size === 0 || size % RECORD_BYTES !== 0)
    throw new DataError(
      localizable(
        '{0} has {1} bytes, which is not a multiple of {2}: it is truncated in image {3}, or not a CIFAR-10 file.',
        file,
        size,
        RECORD_BYTES,
        Math.floor(size / RECORD_BYTES),
      ),
      localizable('Download the file again. CIFAR-100 has a different format.'),
    );
  return { file, bytes: await openBytes(file), count: size / RECORD_BYTES };
}

async function closeAll(batches: readonly BatchFile[]): Promise<void> {
  for (const { bytes } of batches) await bytes.close();
}

async function openBatches(files: readonly string[]): Promise<BatchFile[]> {
  const batches: BatchFile[] = [];
  try {
    for (const file of files) batches.push(await openBatchFile(file));
    return batches;
  } catch (error) {
    await closeAll(batches);
    throw error;
  }
}

function examplesOf(batches: readonly BatchFile[]): Examples {
  return {
    count: batches.reduce((sum, { count }) => sum + count, 0),
    shape: { kind: 'image', height: 32, width: 32, channels: 3 },
    classes: CLASSES.length,
    classNames: CLASSES,
    async read(indices, target, labels) {
      const record = new Uint8Array(RECORD_BYTES);
      for (const [slot, index] of indices.entries()) {
        const { bytes, offset, file } = placeOf(batches, index);
        await bytes.read(record, offset * RECORD_BYTES);
        const label = record[0] ?? 0;
        if (label >= CLASSES.length)
          throw new DataError(
            localizable('{0} has the invalid label {1} at image {2}.', file, label, offset),
            localizable('Download the file again.'),
          );
        if (labels !== undefined) labels[slot] = label;
        const start = slot * 3 * PIXELS;
        for (let pixel = 0; pixel < PIXELS; pixel++)
          for (let c = 0; c < 3; c++)
            target[start + 3 * pixel + c] = (record[1 + c * PIXELS + pixel] ?? 0) / 127.5 - 1;
      }
    },
    close: () => closeAll(batches),
  };
}

function placeOf(batches: readonly BatchFile[], index: number): BatchFile & { readonly offset: number } {
  let offset = index;
  for (const batch of batches) {
    if (offset < batch.count) return { ...batch, offset };
    offset -= batch.count;
  }
  throw new RangeError(`There is no image ${index}.`);
}
