/** Exports the sample grids of a run as an animated picture of its training. */
import { writeFile } from 'node:fs/promises';
import { encodeAnimation } from '../data/images/encode-animation';
import { readBounded } from '../run-folder/bounded-file';
import { pathInRun } from '../run-folder/path-in-run';
import { MAX_SAMPLE_BYTES, sampleSteps } from '../run-folder/sample-files';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { type ExportContext, ExportError, type Exporter } from './exporter';
import { animationEncoding } from './frames';

const FRAMES_PER_SECOND = 8;
/** More would take minutes to watch, and all of them are in memory at once. */
const MAX_FRAMES = 200;
const LAST_MS = 2000;

export const exportAnimation: Exporter = async (context, place) => {
  const { runFolder, frames } = context;
  const encoding = animationEncoding(context.path);
  const steps = spread(await sampleSteps(runFolder));
  if (steps.length < 2)
    throw new ExportError(
      localizable('{0} has fewer than two samples.', runFolder),
      localizable('Train it longer, or set "logging.sampleEvery" to fewer steps.'),
    );
  const { width } = frames;
  const animation = await encodeAnimation(encoding, {
    frames: grids(context, steps),
    ...(width === undefined ? {} : { width: () => width }),
    delayMs: (index) =>
      index === steps.length - 1 ? LAST_MS : 1000 / (frames.perSecond ?? FRAMES_PER_SECOND),
  });
  await writeFile(place, animation);
};

async function* grids(
  { runFolder, report }: ExportContext,
  steps: readonly number[],
): AsyncGenerator<Uint8Array> {
  for (const [i, step] of steps.entries()) {
    const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'png'));
    yield await readBounded(file, MAX_SAMPLE_BYTES);
    report(i + 1, steps.length);
  }
}

/** At even distances, with the first and the last. */
function spread(steps: readonly number[]): readonly number[] {
  if (steps.length <= MAX_FRAMES) return steps;
  return Array.from(
    { length: MAX_FRAMES },
    (_, i) => steps[Math.round((i * (steps.length - 1)) / (MAX_FRAMES - 1))] ?? 0,
  );
}
