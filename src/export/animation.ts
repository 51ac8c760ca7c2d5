/** Exports the sample grids of a run as an animated picture of its training. */
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { loadSharp, type Sharp } from '../data/images/load-sharp';
import { readBounded } from '../run-folder/bounded-file';
import { pathInRun } from '../run-folder/path-in-run';
import { MAX_SAMPLE_BYTES, sampleSteps } from '../run-folder/sample-files';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { ExportError, type Exporter } from './exporter';

/** More would take minutes to watch, and all of them are in memory at once. */
const MAX_FRAMES = 200;
/** Milliseconds for which the last frame stays. */
const LAST_MS = 2000;

export const exportAnimation: Exporter = async ({ runFolder, path, frames, report }, place) => {
  const ending = extname(path).toLowerCase();
  if (ending !== '.webp' && ending !== '.gif')
    throw new ExportError(
      localizable('Animations cannot be written as {0} files.', ending),
      localizable('Pass a path that ends in .webp or .gif.'),
    );
  const steps = spread(await sampleSteps(runFolder));
  if (steps.length < 2)
    throw new ExportError(
      localizable('{0} has fewer than two samples.', runFolder),
      localizable('Train it longer, or set "logging.sampleEvery" to fewer steps.'),
    );
  const sharp = await loadSharp();
  const pictures: Buffer[] = [];
  let height: number | undefined;
  for (const [i, step] of steps.entries()) {
    const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'png'));
    const png = await readBounded(file, MAX_SAMPLE_BYTES);
    const { data, info } = await scaled(sharp, png, { width: frames.width, height });
    height ??= info.height;
    pictures.push(data);
    report(i + 1, steps.length);
  }
  const delay = steps.map((_, i) => (i === steps.length - 1 ? LAST_MS : Math.round(1000 / frames.perSecond)));
  const animation = sharp(pictures, { join: { animated: true } });
  const encoded = ending === '.gif' ? animation.gif({ delay, loop: 0 }) : animation.webp({ delay, loop: 0 });
  await writeFile(place, await encoded.toBuffer());
};

/** At even distances, with the first and the last. */
function spread(steps: readonly number[]): readonly number[] {
  if (steps.length <= MAX_FRAMES) return steps;
  return Array.from(
    { length: MAX_FRAMES },
    (_, i) => steps[Math.round((i * (steps.length - 1)) / (MAX_FRAMES - 1))] ?? 0,
  );
}

/** Pixels stay sharp where a picture is enlarged. The first one determines the height of all. */
async function scaled(
  sharp: Sharp,
  png: Buffer,
  { width, height }: { readonly width: number | undefined; readonly height: number | undefined },
) {
  const picture = sharp(png);
  const own = await picture.metadata();
  const wanted = width ?? own.width;
  return await picture
    .resize({
      width: wanted,
      ...(height === undefined ? {} : { height, fit: 'fill' as const }),
      kernel: wanted >= own.width ? 'nearest' : 'lanczos3',
    })
    .toColourspace('srgb')
    .removeAlpha()
    .png()
    .toBuffer({ resolveWithObject: true });
}
