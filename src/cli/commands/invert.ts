/** `gan invert RUN IMAGE|FOLDER`: the latents from which a generator makes images of one's own, as well as it can. */
import { writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { Option } from 'commander';
import { DataError } from '../../data/data-error';
import { PictureError } from '../../data/images/picture';
import { scanFolder } from '../../data/images/scan-folder';
import type { FeatureLayers } from '../../evaluation/features/feature-network';
import { peakSignalToNoise } from '../../evaluation/metrics/psnr';
import { writeLatents } from '../../export/sample-files';
import { INVERSION_DEFAULTS, type Inversion, Inverter } from '../../latents/inversion';
import { readTarget } from '../../latents/target-image';
import { samplesPng } from '../../pictures/samples-png';
import {
  INVERSION_FEATURES,
  type InversionFeatures,
  openInversionFeatures,
} from '../../session/inversion-features';
import { requireClass, stacked } from '../../session/sampling';
import { type OpenedGenerator, openGenerator } from '../../session/stored-run';
import type { ImageShape } from '../../shared/example-shape';
import { float32, type HostTensor } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { writeOutput } from '../../storage/placed-output';
import { checkpointStep, type GanCommand, integerOption, requireRun, UsageError } from '../command';
import { countProgress } from '../count-progress';
import { isFolderAt } from '../image-path';
import type { Output } from '../output';
import { untilStopped } from '../stop-signals';
import { t } from '../texts';

interface InvertOptions {
  readonly out: string;
  readonly saveLatents?: string;
  readonly class?: number;
  readonly steps: number;
  readonly seed: number;
  readonly features: InversionFeatures;
  readonly from?: number;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Images that one picture shows. */
const MAX_IMAGES = 100;

export const invert: GanCommand = {
  name: 'invert',
  define(command, { output }) {
    command
      .description(t('Find the latents from which a generator makes your own images, as well as it can.'))
      .argument('<run>', t('run folder'))
      .argument('<images>', t('an image, or a folder of images'))
      .requiredOption('--out <file>', t('a .png file with each image beside the one found'))
      .option('--save-latents <file>', t('.npy file to write the latents to, for `gan sample --latents`'))
      .option(
        '--class <k>',
        t('class of the images (default: the one that suits best)'),
        integerOption('--class', 0),
      )
      .option(
        '--steps <n>',
        t('steps of gradient descent'),
        integerOption('--steps', 1, 100_000),
        INVERSION_DEFAULTS.steps,
      )
      .option(
        '--seed <n>',
        t('random seed of the first latents'),
        integerOption('--seed', 0),
        INVERSION_DEFAULTS.seed,
      )
      .addOption(
        new Option(
          '--features <network>',
          t('network by whose features images are compared, besides by their pixels'),
        )
          .choices([...INVERSION_FEATURES])
          .default('none'),
      )
      .option(...checkpointStep())
      .option('--force', t('replace existing files'))
      .option('--json', t('print one JSON object per line'))
      .action(async (run: string, images: string, options: InvertOptions) => {
        output.json = options.json === true;
        const runFolder = resolve(run);
        await requireRun(runFolder);
        requireEnding(options.out, '.png');
        if (options.saveLatents !== undefined) requireEnding(options.saveLatents, '.npy');
        await untilStopped(output, t('Cancelled. Nothing was written.'), (signal) =>
          invertImages(output, { runFolder, from: resolve(images), options, signal }),
        );
      });
  },
};

interface Request {
  readonly runFolder: string;
  readonly from: string;
  readonly options: InvertOptions;
  readonly signal: AbortSignal;
}

interface Found extends Inversion {
  readonly name: string;
  readonly target: HostTensor;
}

async function invertImages(output: Output, { runFolder, from, options, signal }: Request): Promise<void> {
  const files = await picturesAt(from, signal);
  const generator = await openGenerator(runFolder, options.from);
  try {
    // Refuses generators that cannot be inverted before a classifier is trained.
    const { shape } = new Inverter(generator);
    requireClass(options.class, generator.task.latents?.classes ?? 0);
    let found: readonly Found[] = [];
    await writeResults(options, shape, async () => {
      const inverter = new Inverter(generator, await featuresOf(output, generator, options, signal));
      found = await invertAll(output, inverter, { files, options, signal });
      if (found.length > 0) return found;
      throw new DataError(
        localizable('{0} has no image that can be used.', from),
        localizable('Choose another image.'),
      );
    });
    const file = resolve(options.out);
    const { step } = generator;
    for (const { name, image, target, label } of found) {
      const rounded = Number(peakSignalToNoise(image, target).toFixed(2));
      output.emit({ type: 'inversion', name, psnr: rounded, ...(label === undefined ? {} : { label }) });
      output.say(
        label === undefined
          ? t('{0}: PSNR {1} dB', name, rounded)
          : t('{0}: PSNR {1} dB, class {2}', name, rounded, label),
      );
    }
    output.emit({ type: 'invert', step, count: found.length, file });
    output.say(t('Saved {0}: each image beside what step {1} makes of the latents found.', file, step));
  } finally {
    await generator.close();
  }
}

async function featuresOf(
  output: Output,
  generator: OpenedGenerator,
  { features }: InvertOptions,
  signal: AbortSignal,
): Promise<FeatureLayers | undefined> {
  const progress = countProgress(output, t('Training a classifier of the data'));
  try {
    return await openInversionFeatures(generator, features, {
      signal,
      onProgress: ({ done, total }) => progress.report(done, total),
    });
  } finally {
    progress.stop();
  }
}

interface Files {
  readonly files: readonly NamedFile[];
  readonly options: InvertOptions;
  readonly signal: AbortSignal;
}

async function invertAll(
  output: Output,
  inverter: Inverter,
  { files, options, signal }: Files,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const progress = countProgress(output, t('Inverting images'));
  try {
    for (const [i, { name, path }] of files.entries()) {
      const target = await readTarget(path, inverter.shape).catch(pictureError);
      if (target instanceof PictureError) {
        if (!output.json) output.warn(t('Skipped {0}: {1}', name, target.reason));
        continue;
      }
      const inversion = await inverter.invert(target, {
        ...INVERSION_DEFAULTS,
        steps: options.steps,
        seed: options.seed,
        signal,
        ...(options.class === undefined ? {} : { label: options.class }),
        onStep: (step) => progress.report(i * options.steps + step, files.length * options.steps),
      });
      found.push({ ...inversion, name, target });
    }
  } finally {
    progress.stop();
  }
  return found;
}

interface NamedFile {
  readonly name: string;
  readonly path: string;
}

/** Throws `DataError`. */
async function picturesAt(from: string, signal: AbortSignal): Promise<readonly NamedFile[]> {
  if (!(await isFolderAt(from))) return [{ name: basename(from), path: from }];
  const { files } = await scanFolder(from, signal);
  if (files.length > MAX_IMAGES)
    throw new DataError(
      localizable('{0} has {1} images, but one picture shows at most {2}.', from, files.length, MAX_IMAGES),
      localizable('Pass a folder of fewer images.'),
    );
  return files;
}

/** Rethrows other errors. */
function pictureError(error: unknown): PictureError {
  if (error instanceof PictureError) return error;
  throw error;
}

/**
 * Throws `OccupiedError` before anything is computed.
 *
 * @param find returns at least one
 */
async function writeResults(
  { out, saveLatents, force }: InvertOptions,
  shape: ImageShape,
  find: () => Promise<readonly Found[]>,
): Promise<void> {
  const place = { kind: 'file', replaces: force === true } as const;
  const writePicture = async (): Promise<readonly Found[]> => {
    let found: readonly Found[] = [];
    await writeOutput({ ...place, path: resolve(out) }, async (path) => {
      found = await find();
      const fake = stacked(found.map(({ image }) => image));
      const given = stacked(found.map(({ target }) => target));
      await writeFile(path, await samplesPng({ fake, given }, shape));
    });
    return found;
  };
  if (saveLatents === undefined) {
    await writePicture();
    return;
  }
  await writeOutput({ ...place, path: resolve(saveLatents) }, async (path) => {
    const found = await writePicture();
    await writeLatents(path, stacked(found.map(({ latent }) => float32([1, latent.length], latent))));
  });
}

/** Throws `UsageError`. */
function requireEnding(path: string, ending: string): void {
  if (extname(path).toLowerCase() === ending) return;
  throw new UsageError(
    localizable('{0} does not end in {1}.', path, ending),
    localizable('Pass a file that ends in {0}.', ending),
  );
}
