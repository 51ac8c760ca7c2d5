/** Generators of untrained image-to-image runs, applied to image files of sizes that they were not made for. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { PictureError } from '../data/images/picture';
import { meanAbsoluteError } from '../evaluation/metrics/l1';
import { peakSignalToNoise } from '../evaluation/metrics/psnr';
import { Random } from '../random/random';
import { openGenerator } from '../session/stored-run';
import type { ImageShape } from '../shared/example-shape';
import { float32 } from '../shared/host-tensor';
import { formatText } from '../shared/localizable-text';
import { classShares, readPicture, writePicture } from './picture-files';
import { TargetScores } from './target-scores';
import { translateFolder } from './translate-folder';
import { Translator, type TranslatorOptions } from './translator';

const patchgan = { network: 'patchgan', channels: 3, layers: 1 };
const pairs = {
  data: folderData({ source: 'pairs', imageSize: 16 }),
  generator: { network: 'unet', channels: 4 },
  discriminator: patchgan,
};
const superResolution = {
  data: folderData({ imageSize: 16, superResolution: 2 }),
  generator: { network: 'srresnet', channels: 4, blocks: 1 },
  discriminator: patchgan,
};
const segmentation = {
  data: { source: 'shapes', batchSize: 4, imageSize: 32 },
  generator: { network: 'unet', channels: 4 },
  discriminator: patchgan,
};
const digits = {
  data: folderData(),
  latent: { size: 5 },
  generator: { network: 'dcgan', channels: [4, 3], kernelSize: 3 },
  discriminator: { network: 'dcgan', channels: [3, 4], kernelSize: 3 },
};

const WHITE = { background: '#ffffff' };

async function opened(experiment: object, options: Partial<TranslatorOptions> = {}) {
  const folder = await temporaryFolder();
  const generator = await openGenerator(await checkpointedRun(folder, experiment));
  onTestFinished(() => generator.close());
  const translator = await Translator.open(generator, { isBack: false, isRaw: false, ...options });
  return { folder, generator, translator };
}

function noise(width: number, height: number, channels: 3 | 4): Sharp {
  const random = Random.seeded(1, 'noise');
  const data = Uint8Array.from({ length: width * height * channels }, () => random.below(256));
  return sharp(data, { raw: { width, height, channels } });
}

describe('an image', () => {
  it('of the size of the training images is translated as the run does', async () => {
    const { folder, generator, translator } = await opened(pairs);
    const file = join(folder, 'a.png');
    await noise(16, 16, 3).png().toFile(file);
    const { image } = await readPicture(file, translator.input, WHITE);
    const made = await translator.translate(image);
    const expected = await generator.task.sample(generator.engine, {
      source: float32([1, 16, 16, 3], image.values),
    });
    expect(made).toMatchObject({ width: 16, height: 16 });
    made.values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.data[i] ?? 0, 5);
    });
  });

  it('of any size becomes one of that size, upright and as transparent as it was', async () => {
    const { folder, translator } = await opened(pairs);
    const [file, out] = [join(folder, 'a.webp'), join(folder, 'b.png')];
    // Orientation 6 of EXIF: to be turned by 90 degrees.
    await noise(50, 21, 4)
      .withMetadata({ orientation: 6 })
      .webp({ lossless: true, exact: true })
      .toFile(file);
    const from = await readPicture(file, translator.input, WHITE);
    const made = await translator.translate(from.image);
    await writePicture(out, { made, shape: translator.output, from, format: 'png', isOverlay: false });
    const { width, height, channels } = await sharp(out).metadata();
    expect([width, height, channels]).toEqual([21, 50, 4]);
    const alphaOf = (path: string): Promise<Buffer> =>
      sharp(path).autoOrient().extractChannel('alpha').raw().toBuffer();
    expect(await alphaOf(out)).toEqual(await alphaOf(file));
  });

  it('becomes larger by super-resolution, and is scaled first if asked', async () => {
    const { folder, translator } = await opened(superResolution);
    const file = join(folder, 'a.png');
    await noise(30, 20, 3).png().toFile(file);
    const sizeBy = async (shorterSide?: number) => {
      const { image } = await readPicture(file, translator.input, { ...WHITE, shorterSide });
      const { width, height, values } = await translator.translate(image);
      expect(values).toHaveLength(width * height * 3);
      expect(values.every(Number.isFinite)).toBe(true);
      return [width, height];
    };
    expect(await sizeBy()).toEqual([60, 40]);
    expect(await sizeBy(10)).toEqual([30, 20]);
  });
});

it('a folder keeps its names, lists what cannot be used, and gets a table of the areas of classes', async () => {
  const { folder, translator } = await opened(segmentation);
  const [from, to] = [join(folder, 'in'), join(folder, 'out')];
  await mkdir(join(from, 'sub'), { recursive: true });
  await mkdir(to);
  for (const name of ['a.jpg', 'a.png', 'sub/c.png']) await noise(40, 35, 3).toFile(join(from, name));
  await writeFile(join(from, 'b.png'), 'no image');
  const classes = translator.output.labelMap?.names ?? [];
  const reports: string[] = [];
  const { count, skipped } = await translateFolder(
    async (file, place) => {
      const opened = await readPicture(file, translator.input, WHITE);
      const made = await translator.translate(opened.image);
      await writePicture(place, {
        ...{ made, shape: translator.output, from: opened },
        ...{ format: 'png', isOverlay: true },
      });
      return classShares(made, classes.length);
    },
    {
      ...{ from, to, classes },
      signal: new AbortController().signal,
      report: (done, total) => reports.push(`${done}/${total}`),
    },
  );
  expect(count).toBe(3);
  expect(skipped.map(({ name }) => name)).toEqual(['b.png']);
  expect(reports).toEqual(['1/4', '2/4', '3/4', '4/4']);
  expect((await readdir(to, { recursive: true })).sort()).toEqual(
    ['a.png', 'a.png.png', 'areas.csv', 'sub', join('sub', 'c.png')].sort(),
  );
  const [head, ...rows] = (await readFile(join(to, 'areas.csv'), 'utf8')).trim().split('\r\n');
  expect(head).toBe(['image', ...classes].join(','));
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    const [, ...shares] = row.split(',');
    expect(shares.reduce((sum, share) => sum + Number(share), 0)).toBeCloseTo(1, 4);
  }
});

it('files of a folder keep apart where names differ in capitals alone', async () => {
  const [from, to] = [await temporaryFolder(), await temporaryFolder()];
  for (const name of ['A.jpg', 'a.png']) await writeFile(join(from, name), 'any');
  const places: string[] = [];
  await translateFolder(
    async (_file, place) => {
      places.push(basename(place).toLowerCase());
      return undefined;
    },
    { from, to, classes: [], signal: new AbortController().signal, report: () => undefined },
  );
  expect(new Set(places).size).toBe(2);
});

it('an image is given up between its tiles', async () => {
  const { translator } = await opened(pairs);
  const { height, width } = translator.input;
  const values = new Float32Array(height * width * translator.input.channels);
  const stopped = translator.translate({ height, width, values }, AbortSignal.abort(new Error('stopped')));
  await expect(stopped).rejects.toThrow('stopped');
});

describe('scores against targets', () => {
  const scoresOf = (folder: string, output: ImageShape) =>
    TargetScores.open({ folder, output, background: '#ffffff', signal: new AbortController().signal });

  it('are those of the metrics, by name, and their means', async () => {
    const [folder, { translator }] = [await temporaryFolder(), await opened(pairs)];
    const made = { width: 20, height: 12, values: new Float32Array(20 * 12 * 3).fill(0.25) };
    await mkdir(join(folder, 'sub'));
    for (const name of ['a.png', 'sub/b.webp']) await noise(20, 12, 3).toFile(join(folder, name));
    await noise(12, 20, 3).toFile(join(folder, 'turned.png'));
    const scores = await scoresOf(folder, translator.output);
    for (const name of ['a.jpg', 'sub/b.png', 'turned.png', 'c.png']) await scores.add(name, made);
    const { image } = await readPicture(join(folder, 'a.png'), translator.output, WHITE);
    const [generated, target] = [made.values, image.values].map((values) => float32([1, 12, 20, 3], values));
    if (generated === undefined || target === undefined) throw new Error('no images');
    expect(scores.count).toBe(2);
    const [head, first, second, mean, ...rest] = scores.csv.split('\r\n');
    expect(head).toBe('image,psnr,ssim,l1');
    expect(first?.split(',')[0]).toBe('a.jpg');
    expect(Number(first?.split(',')[1])).toBeCloseTo(peakSignalToNoise(generated, target), 5);
    expect(Number(first?.split(',')[3])).toBeCloseTo(meanAbsoluteError(generated, target), 5);
    const [l1Of, l1OfOther] = [first, second].map((row) => Number(row?.split(',')[3]));
    expect(Number(mean?.split(',')[3])).toBeCloseTo(((l1Of ?? 0) + (l1OfOther ?? 0)) / 2, 5);
    expect(rest).toEqual(['']);
    expect(scores.unscored.map(({ name, reason }) => [name, formatText(reason)])).toEqual([
      ['turned.png', 'The target has 12×20 pixels, and the output 20×12'],
      ['c.png', 'No target of this name'],
    ]);
  });

  it('of label maps are by class, that of the nearest colour', async () => {
    const [folder, { translator }] = [await temporaryFolder(), await opened(segmentation)];
    const { output } = translator;
    const colours = output.labelMap?.colours ?? [];
    const classes = colours.length;
    // A row for each class, off by a little as in a compressed file; the last pixel of the output is another class.
    const pixels = colours.flatMap((colour) =>
      [...colour, ...colour].map((level) => Math.min(255, level + 3)),
    );
    const target = sharp(Uint8Array.from(pixels), { raw: { width: 2, height: classes, channels: 3 } });
    await target.png().toFile(join(folder, 'a.png'));
    const values = new Float32Array(2 * classes * classes).fill(-1);
    for (let pixel = 0; pixel < 2 * classes; pixel++) values[pixel * classes + Math.floor(pixel / 2)] = 1;
    values.copyWithin(values.length - classes, 0, classes);
    const scores = await scoresOf(folder, output);
    await scores.add('a.png', { width: 2, height: classes, values });
    const means = new Map(scores.means.map(({ metric, value }) => [metric.name, value]));
    expect(means.get('pixelAccuracy')).toBeCloseTo(1 - 1 / (2 * classes), 6);
    // The first class has one pixel too many, the last one too few.
    expect(means.get('meanIou')).toBeCloseTo((classes - 2 + 2 / 3 + 1 / 2) / classes, 6);
    // The images are smaller than its window.
    expect(means.has('ssim')).toBe(false);
  });

  it('need images', async () => {
    const folder = await temporaryFolder();
    await expect(scoresOf(folder, SHAPE)).rejects.toThrow('There are no images in');
  });
});

describe('is refused:', () => {
  it('an image that is too large for its format, or when it is scaled', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'long.png');
    await noise(16_400, 1, 3).toFile(file);
    const from = await readPicture(file, SHAPE, WHITE);
    const made = { made: from.image, shape: SHAPE, from, isOverlay: false };
    await expect(writePicture(join(folder, 'x.webp'), { ...made, format: 'webp' })).rejects.toThrow(
      '16400×1 pixels are too many for this format, which holds 16383 a side.',
    );
    await expect(readPicture(file, SHAPE, { ...WHITE, shorterSide: 1000 })).rejects.toThrow(PictureError);
  });

  it('an image that does not fit into memory, before it is decoded', async () => {
    const { folder, translator } = await opened(superResolution);
    const file = join(folder, 'a.png');
    await noise(30, 20, 3).png().toFile(file);
    expect(translator.bytesPerPixel).toBe(5 * 3 + 1 + 4 * (4 * (3 + 4) + 8));
    const bytesPerPixel = 1e13;
    await expect(readPicture(file, SHAPE, { ...WHITE, bytesPerPixel })).rejects.toThrow(
      /^30×20 pixels need 6000000.0 GB of memory, and \d+\.\d GB are available$/,
    );
    await expect(readPicture(file, SHAPE, { ...WHITE, bytesPerPixel, shorterSide: 10 })).rejects.toThrow(
      '15×10 pixels need 1500000.0 GB',
    );
  });

  it('a run whose generator starts from latents', async () => {
    await expect(opened(digits)).rejects.toThrow('The generator of this run does not start from images.');
  });

  it('the way back of a run that learns one direction', async () => {
    await expect(opened(pairs, { isBack: true })).rejects.toThrow('This run learns only one direction.');
  });

  it('a folder without a usable image', async () => {
    const folder = await temporaryFolder();
    const options = {
      to: folder,
      classes: [],
      signal: new AbortController().signal,
      report: () => undefined,
    };
    const translate = async () => undefined;
    await expect(translateFolder(translate, { ...options, from: folder })).rejects.toThrow(
      'There are no images in',
    );
    await writeFile(join(folder, 'a.png'), 'no image');
    const fails = (file: string) => readPicture(file, SHAPE, WHITE).then(() => undefined);
    await expect(translateFolder(fails, { ...options, from: folder })).rejects.toThrow(
      /No image in .* can be used\. a\.png: Cannot be decoded/,
    );
  });
});

const SHAPE = { kind: 'image', height: 8, width: 8, channels: 3 } as const;
