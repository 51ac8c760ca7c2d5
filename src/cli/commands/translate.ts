/** `gan translate RUN IMAGE|FOLDER`: applies the generator of an image-to-image run to images of any size. */
import { writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { DataError, type Skipped } from '../../data/data-error';
import { PictureError } from '../../data/images/picture';
import { openGenerator } from '../../session/stored-run';
import type { TranslateLine, UnusedImage } from '../../shared/cli-protocol';
import { formatText, localizable } from '../../shared/localizable-text';
import { padEndTo } from '../../shared/text-width';
import { writeOutput } from '../../storage/placed-output';
import {
  classShares,
  formatOf,
  type PictureFormat,
  readPicture,
  WRITTEN_ENDINGS,
  writePicture,
} from '../../translation/picture-files';
import { TargetScores } from '../../translation/target-scores';
import { type TranslateFile, translateFolder } from '../../translation/translate-folder';
import { Translator } from '../../translation/translator';
import type { GanCommand } from '../command';
import { checkpointStep, integerOption, requireRun, UsageError } from '../command';
import { countProgress } from '../count-progress';
import { isFolderAt } from '../image-path';
import type { Output } from '../output';
import { scoreValue } from '../score-text';
import { untilStopped } from '../stop-signals';
import { inLanguage, t } from '../texts';

interface TranslateOptions {
  readonly out: string;
  readonly from?: number;
  readonly size?: number;
  readonly background: string;
  readonly back?: boolean;
  readonly raw?: boolean;
  readonly overlay?: boolean;
  readonly targets?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export const translate: GanCommand = {
  name: 'translate',
  define(command, { output }) {
    command
      .description(t('Apply the generator of an image-to-image run to your own images, of any size.'))
      .argument('<run>', t('run folder'))
      .argument('<images>', t('an image, or a folder of images'))
      .requiredOption(
        '--out <path>',
        t('image file (.png, .jpg, .webp, .tif), or folder for those of a folder'),
      )
      .option(
        '--size <n>',
        t('scale images so that the shorter side has n pixels'),
        integerOption('--size', 1, 16_384),
      )
      .option('--background <colour>', t('colour of transparent areas for the generator'), '#ffffff')
      .option('--overlay', t('lay the classes of a segmentation over the image'))
      .option('--targets <folder>', t('score the images of a folder against those of the same names'))
      .option('--back', t('translate the way back, of runs that learn both directions'))
      .option(...checkpointStep())
      .option('--raw', t('use the weights of the step, not their running average'))
      .option('--force', t('replace existing files'))
      .option('--json', t('print one JSON object per line'))
      .action(async (run: string, images: string, options: TranslateOptions) => {
        output.json = options.json === true;
        const runFolder = resolve(run);
        await requireRun(runFolder);
        await untilStopped(output, t('Cancelled. Nothing was written.'), (signal) =>
          translateImages(output, { runFolder, from: resolve(images), options, signal }),
        );
      });
  },
};

interface Request {
  readonly runFolder: string;
  readonly from: string;
  readonly options: TranslateOptions;
  readonly signal: AbortSignal;
}

async function translateImages(output: Output, { runFolder, from, options, signal }: Request): Promise<void> {
  const isFolder = await isFolderAt(from);
  const path = resolve(options.out);
  const format = formatFor(path, isFolder, options);
  if (options.targets !== undefined && !isFolder)
    throw new UsageError(
      localizable('--targets is for a folder of images.'),
      localizable('Pass a folder, or leave out --targets.'),
    );
  const generator = await openGenerator(runFolder, options.from);
  try {
    const translator = await Translator.open(generator, {
      isBack: options.back === true,
      isRaw: options.raw === true,
    });
    const labelMap = translator.output.labelMap;
    if (options.overlay === true && labelMap === undefined)
      throw new UsageError(
        localizable('This run makes images, not label maps.'),
        localizable('Leave out --overlay.'),
      );
    const classes = labelMap?.names ?? [];
    const place = { path, replaces: options.force === true };
    const { step } = generator;
    const work = { format, options, signal };
    if (!isFolder) {
      const shares = await oneFile(place, from, translatorOfFiles(translator, work));
      output.emit({ type: 'translate', step, count: 1, skipped: [], file: path });
      output.say(`${t('Saved {0}, translated by step {1}.', path, step)}${areasText(classes, shares)}`);
      return;
    }
    const targets = await openTargets(translator, work);
    const progress = countProgress(output, t('Translating images'));
    try {
      await writeOutput({ ...place, kind: 'folder' }, async (to) => {
        const { count, skipped } = await translateFolder(
          translatorOfFiles(translator, { ...work, targets }),
          {
            ...{ from, to, classes, signal },
            report: progress.report,
            onTranslated: (name, target) => output.emit({ type: 'image', from: name, to: target }),
          },
        );
        progress.stop();
        if (!output.json)
          for (const { name, reason } of skipped) output.warn(t('Skipped {0}: {1}', name, reason));
        const scores = targets === undefined ? {} : { scores: await keepScores(targets, to) };
        output.emit({ type: 'translate', step, count, skipped: toldOf(skipped), ...scores, file: path });
        output.say(t('Saved {0} in {1}, translated by step {2}.', imagesText(count), path, step));
        if (targets !== undefined) sayScores(output, targets);
      });
    } finally {
      progress.stop();
    }
  } finally {
    await generator.close();
  }
}

/** Throws `UsageError` where the place does not suit what goes there. */
function formatFor(path: string, isFolder: boolean, { background }: TranslateOptions): PictureFormat {
  if (!/^#[0-9a-fA-F]{6}$/.test(background))
    throw new UsageError(
      localizable('{0} is not a colour.', JSON.stringify(background)),
      localizable('Pass one such as #ffffff.'),
    );
  if (isFolder) return 'png';
  const format = formatOf(path);
  if (format !== undefined) return format;
  const ending = extname(path).toLowerCase();
  throw new UsageError(
    ending === ''
      ? localizable('The output of one image is a file.')
      : localizable('Images cannot be written as {0} files.', ending),
    localizable('Pass a file that ends in {0}.', WRITTEN_ENDINGS.join(', ')),
  );
}

type FileWork = Pick<Request, 'options' | 'signal'> & {
  readonly format: PictureFormat;
  readonly targets?: TargetScores | undefined;
};

async function openTargets(
  { output }: Translator,
  { options: { targets, background }, signal }: FileWork,
): Promise<TargetScores | undefined> {
  if (targets === undefined) return undefined;
  return await TargetScores.open({ folder: resolve(targets), output, background, signal });
}

/** Table of the scores, beside the images. */
const SCORES_FILE = 'scores.csv';

async function keepScores(targets: TargetScores, to: string): Promise<NonNullable<TranslateLine['scores']>> {
  const { count, means, unscored } = targets;
  if (count > 0) await writeFile(join(to, SCORES_FILE), targets.csv);
  return {
    count,
    means: Object.fromEntries(means.map(({ metric, value }) => [metric.name, value])),
    unscored: toldOf(unscored),
  };
}

function sayScores(output: Output, { count, means, unscored }: TargetScores): void {
  if (!output.json)
    for (const { name, reason } of unscored) output.warn(t('Not scored {0}: {1}', name, reason));
  output.say(
    count === 0
      ? t('No image could be scored.')
      : t('Means over {0}, each in {1}:', imagesText(count), SCORES_FILE),
  );
  for (const { metric, value } of means)
    output.say(`  ${padEndTo(inLanguage(metric.title), 16)} ${scoreValue(value).padStart(10)}`);
}

function toldOf(skipped: readonly Skipped[]): readonly UnusedImage[] {
  return skipped.map(({ name, reason }) => ({ name, reason: formatText(reason) }));
}

function translatorOfFiles(
  translator: Translator,
  { format, options, signal, targets }: FileWork,
): TranslateFile {
  const { input, output } = translator;
  return async (file, to, name) => {
    const opened = await readPicture(file, input, {
      background: options.background,
      shorterSide: options.size,
      bytesPerPixel: translator.bytesPerPixel,
    });
    const made = await translator.translate(opened.image, signal);
    const isOverlay = options.overlay === true;
    await writePicture(to, { made, shape: output, from: opened, format, isOverlay });
    await targets?.add(name, made);
    return output.labelMap === undefined ? undefined : classShares(made, output.channels);
  };
}

async function oneFile(
  place: { readonly path: string; readonly replaces: boolean },
  from: string,
  work: TranslateFile,
): Promise<readonly number[] | undefined> {
  let shares: readonly number[] | undefined;
  try {
    await writeOutput({ ...place, kind: 'file' }, async (to) => {
      shares = await work(from, to, basename(from));
    });
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    throw new DataError(
      localizable('{0} cannot be used: {1}', from, error.reason),
      localizable('Choose another image.'),
    );
  }
  return shares;
}

function areasText(classes: readonly string[], shares: readonly number[] | undefined): string {
  if (shares === undefined) return '';
  const parts = shares.map((share, i) => `${classes[i] ?? i} ${(100 * share).toFixed(1)} %`);
  return ` ${t('Areas: {0}.', parts.join(', '))}`;
}

function imagesText(count: number): string {
  return count === 1 ? t('1 image') : t('{0} images', count);
}
