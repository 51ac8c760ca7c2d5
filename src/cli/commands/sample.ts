/** `gan sample RUN`: generates from a run's best checkpoint, or another one: a picture, single files or arrays. */
import { extname, resolve } from 'node:path';
import {
  counted,
  keepLatents,
  type SampleFiles,
  writePngs,
  writeSampleArchive,
} from '../../export/sample-files';
import { samplesPng } from '../../pictures/samples-png';
import { pointsPng } from '../../pictures/scatter';
import { Random } from '../../random/random';
import { rowLabelsOf } from '../../session/row-labels';
import {
  planSamples,
  requireStyles,
  type SampleBatch,
  type SamplePlan,
  STREAM,
  stacked,
} from '../../session/sampling';
import { type OpenedGenerator, openGenerator } from '../../session/stored-run';
import { localizable } from '../../shared/localizable-text';
import { numberedClasses } from '../../shared/sample-grid';
import { writeFileDurably } from '../../storage/durable-file';
import { writeOutput } from '../../storage/placed-output';
import type { GanCommand } from '../command';
import { checkpointStep, fractionOption, integerOption, requireRun, UsageError } from '../command';
import { countProgress } from '../count-progress';
import type { Output } from '../output';
import { untilStopped } from '../stop-signals';
import { t } from '../texts';

interface SampleOptions {
  readonly count?: number;
  readonly out: string;
  readonly seed: number;
  readonly from?: number;
  readonly latents?: string;
  readonly saveLatents?: string;
  readonly class?: number;
  readonly truncation?: number;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Images of a grid. */
const MAX_GRID = 10_000;

export const sample: GanCommand = {
  name: 'sample',
  define(command, { output }) {
    command
      .description(t('Generate images from a run: one picture, single PNG files, or NumPy arrays.'))
      .argument('<run>', t('run folder'))
      .option('--count <n>', t('number of images'), integerOption('--count', 1, 10_000_000))
      .requiredOption(
        '--out <path>',
        t('a .png file for one picture, an .npz file, or a folder for single PNGs'),
      )
      .option('--latents <file>', t('.npy file of latents to start from, [count, size]'))
      .option('--save-latents <file>', t('.npy file to write the latents to'))
      .option(
        '--class <k>',
        t('class of all images, from 0 (default: each in turn)'),
        integerOption('--class', 0),
      )
      .option(
        '--truncation <psi>',
        t('from 0 to 1: moves StyleGAN2 samples towards the average, for quality at the cost of variety'),
        fractionOption('--truncation'),
      )
      .option('--seed <n>', t('random seed of the latents'), integerOption('--seed', 0), 0)
      .option(...checkpointStep())
      .option('--force', t('replace existing files'))
      .option('--json', t('print one JSON object per line'))
      .action(async (run: string, options: SampleOptions) => {
        output.json = options.json === true;
        const runFolder = resolve(run);
        await requireRun(runFolder);
        const form = formOf(options);
        await untilStopped(output, t('Cancelled. Nothing was written.'), async (signal) => {
          const generator = await openGenerator(runFolder, options.from);
          try {
            const count =
              form === 'picture'
                ? await writePicture(output, runFolder, generator, options)
                : await writeFiles(output, form, generator, options, signal);
            const { step, config } = generator;
            const file = resolve(options.out);
            output.emit({ type: 'sample', step, count, file });
            const counted = count === 1 ? t('1 sample') : t('{0} samples', count);
            output.say(
              config.ema === false
                ? t('Saved {0} of step {1}: {2}', counted, step, file)
                : t('Saved {0} of step {1}, from the averaged weights: {2}', counted, step, file),
            );
          } finally {
            await generator.close();
          }
        });
      });
  },
};

type Form = 'picture' | 'archive' | 'folder';

/** Endings of files that people may expect, and that would otherwise become folders. */
const OTHER_FILES = ['.npy', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.bmp', '.zip'];

/** Throws `UsageError`. */
function formOf({ out, count, latents, saveLatents }: SampleOptions): Form {
  if (count === undefined && latents === undefined)
    throw new UsageError(
      localizable('Neither --count nor --latents is given.'),
      localizable('Pass the number of images: --count 64.'),
    );
  if (saveLatents !== undefined && extname(saveLatents).toLowerCase() !== '.npy')
    throw new UsageError(
      localizable('Latents are written as .npy files.'),
      localizable('Pass --save-latents latents.npy.'),
    );
  const ending = extname(out).toLowerCase();
  if (OTHER_FILES.includes(ending))
    throw new UsageError(
      localizable('Samples cannot be written as {0} files.', ending),
      localizable(
        'Pass a .png file for one picture, an .npz file for arrays, or a folder for single PNG files.',
      ),
    );
  if (ending === '.npz') return 'archive';
  if (ending !== '.png') return 'folder';
  if (count !== undefined && count > MAX_GRID)
    throw new UsageError(
      localizable('One picture holds at most {0} images.', MAX_GRID),
      localizable('Pass a folder for single PNG files, or an .npz file.'),
    );
  return 'picture';
}

/** Returns the number of samples. */
async function writeFiles(
  output: Output,
  form: Exclude<Form, 'picture'>,
  generator: OpenedGenerator,
  options: SampleOptions,
  signal: AbortSignal,
): Promise<number> {
  const plan = await planSamples(generator, requestOf(options));
  const progress = countProgress(output, t('Generating samples'));
  try {
    await keepingLatents(options, generator, plan, async (batches) => {
      const files: SampleFiles = {
        ...plan,
        example: generator.task.example,
        batches: counted(batches, (done) => {
          signal.throwIfAborted();
          progress.report(done, plan.count);
        }),
      };
      const place = { path: resolve(options.out), replaces: options.force === true };
      if (form === 'folder')
        await writeOutput({ ...place, kind: 'folder' }, (folder) => writePngs(folder, files));
      else await writeOutput({ ...place, kind: 'file' }, (path) => writeSampleArchive(path, files));
    });
    return plan.count;
  } finally {
    progress.stop();
    await plan.close();
  }
}

function requestOf({ count, seed, latents, class: label, truncation }: SampleOptions) {
  return {
    seed,
    ...(count === undefined ? {} : { count }),
    ...(latents === undefined ? {} : { latentFile: resolve(latents) }),
    ...(label === undefined ? {} : { label }),
    ...(truncation === undefined ? {} : { truncation }),
  };
}

async function keepingLatents(
  { saveLatents, force }: SampleOptions,
  { task }: OpenedGenerator,
  plan: SamplePlan,
  write: (batches: ReturnType<SamplePlan['batches']>) => Promise<void>,
): Promise<void> {
  if (saveLatents === undefined) return await write(plan.batches());
  if (task.latents === undefined)
    throw new UsageError(
      localizable('The generator of this run has no latents.'),
      localizable('Leave out --save-latents.'),
    );
  const place = { path: resolve(saveLatents), kind: 'file', replaces: force === true } as const;
  await writeOutput(place, (path) => write(keepLatents(path, plan.count, plan.batches())));
}

/** Returns the number of samples. */
async function writePicture(
  output: Output,
  runFolder: string,
  generator: OpenedGenerator,
  options: SampleOptions,
): Promise<number> {
  let count = 0;
  const place = { path: resolve(options.out), kind: 'file', replaces: options.force === true } as const;
  await writeOutput(place, async (path) => {
    const drawn = await drawPicture(output, runFolder, generator, options);
    ({ count } = drawn);
    await writeFileDurably(path, drawn.png);
  });
  return count;
}

async function drawPicture(
  output: Output,
  runFolder: string,
  generator: OpenedGenerator,
  options: SampleOptions,
): Promise<{ readonly png: Uint8Array; readonly count: number }> {
  const { task, engine } = generator;
  const { source, examples } = await pictured(generator, options);
  const reconstructions = await task.reconstruct?.(engine, examples);
  const rowLabels = source.columns === undefined ? [] : await rowLabelsOf(runFolder, source);
  const fake = {
    fake: examples,
    ...source,
    rowLabels,
    ...(reconstructions === undefined ? {} : { reconstructions }),
  };
  const png = task.example.kind === 'image' ? await samplesPng(fake, task.example) : pointsPng(examples);
  const numbered = numberedClasses(rowLabels);
  if (numbered.length > 0) output.say(t('Names that the picture shows by number: {0}', numbered.join(', ')));
  return { png, count: examples.shape[0] ?? 0 };
}

/** Of a run with classes, a row of each class; unless the latents or the class are given. */
async function pictured(generator: OpenedGenerator, options: SampleOptions): Promise<SampleBatch> {
  const { task, engine, openData } = generator;
  const { count, seed, latents, saveLatents, class: label, truncation } = options;
  if (latents === undefined && saveLatents === undefined && label === undefined && count !== undefined) {
    requireStyles(truncation, task.latents);
    const source = {
      ...(await task.sampleSource(Random.seeded(seed, STREAM), count, openData)),
      ...(truncation === undefined ? {} : { truncation }),
    };
    return { source, examples: await task.sample(engine, source) };
  }
  const plan = await planSamples(generator, requestOf(options));
  try {
    const made: SampleBatch[] = [];
    await keepingLatents(options, generator, plan, async (batches) => {
      for await (const batch of batches) made.push(batch);
    });
    return {
      source: { source: stacked(made.map(({ source }) => source.source)) },
      examples: stacked(made.map(({ examples }) => examples)),
    };
  } finally {
    await plan.close();
  }
}
