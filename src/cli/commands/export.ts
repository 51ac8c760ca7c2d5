/** `gan export RUN`: a run, or its networks, in another program's format. */
import { resolve } from 'node:path';
import { exportRun } from '../../export/export-run';
import { DEFAULT_OPTIONS, type FrameOptions, type WalkOptions } from '../../export/exporter';
import { EXPORT_FORMATS, type ExportFormat, FORMAT_OPTIONS } from '../../shared/export-formats';
import { localizable } from '../../shared/localizable-text';
import type { GanCommand } from '../command';
import { checkpointStep, integerOption, requireRun, UsageError } from '../command';
import { countProgress } from '../count-progress';
import { untilStopped } from '../stop-signals';
import { inLanguage, spokenLanguage, t } from '../texts';

interface CommandOptions {
  readonly format: string;
  readonly out: string;
  readonly from?: number;
  readonly raw?: boolean;
  readonly discriminator?: boolean;
  readonly back?: boolean;
  readonly fps?: number;
  readonly width?: number;
  readonly seconds?: number;
  readonly count?: number;
  readonly seed?: number;
  readonly seeds?: readonly number[];
  readonly latents?: string;
  readonly class?: number;
  readonly author?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const FORMAT_NAMES = EXPORT_FORMATS.map(({ name }) => name).join(', ');

export const exportCommand: GanCommand = {
  name: 'export',
  define(command, { output }) {
    command
      .description(t('Write a run, or its networks, in another program’s format.'))
      .argument('<run>', t('run folder'))
      .requiredOption('--format <name>', FORMAT_NAMES)
      .requiredOption('--out <path>', t('file or folder to write'))
      .option(...checkpointStep())
      .option('--raw', t('use the weights of the step, not their running average'))
      .option('--discriminator', t('export the discriminator instead of the generator'))
      .option('--back', t('export the network of the way back, of runs that learn both directions'))
      .option('--fps <n>', t('frames per second of an animation'), integerOption('--fps', 1, 60))
      .option('--width <n>', t('width of an animation in pixels'), integerOption('--width', 16, 4096))
      .option('--seconds <n>', t('duration of a latent walk'), integerOption('--seconds', 1, 60))
      .option('--count <n>', t('images in a frame of a latent walk'), integerOption('--count', 1, 100))
      .option('--seed <n>', t('seed of a latent walk'), integerOption('--seed', 0))
      .option(
        '--seeds <list>',
        t('latents that a walk passes by, as the latent explorer numbers them'),
        seedList,
      )
      .option('--latents <file>', t('.npy file of latents that a walk passes by'))
      .option('--class <k>', t('class of all images of a latent walk'), integerOption('--class', 0))
      .option('--author <name>', t('name of who hands in a report'))
      .option('--force', t('replace existing files'))
      .option('--json', t('print one JSON object per line'))
      .addHelpText('after', () => `\n${t('Formats:')}\n${formatLines().join('\n')}`)
      .action(async (run: string, options: CommandOptions) => {
        output.json = options.json === true;
        const runFolder = resolve(run);
        const format = formatNamed(options.format);
        requireApplying(format, options);
        await requireRun(runFolder);
        const path = resolve(options.out);
        const progress = countProgress(output, t('Exporting'));
        const isDone = await untilStopped(output, t('Cancelled. Nothing was written.'), async (signal) => {
          try {
            await exportRun({
              runFolder,
              format: format.name,
              path,
              network: networkOf(options),
              isRaw: options.raw === true,
              frames: framesOf(options),
              walk: walkOf(options),
              language: spokenLanguage(),
              replaces: options.force === true,
              signal,
              ...(options.from === undefined ? {} : { step: options.from }),
              ...(options.author === undefined ? {} : { author: options.author }),
              report: progress.report,
            });
          } finally {
            progress.stop();
          }
        });
        if (!isDone) return;
        output.emit({ type: 'export', format: format.name, file: path });
        output.say(t('Saved {0}', path));
      });
  },
};

function formatNamed(name: string): (typeof EXPORT_FORMATS)[number] {
  const format = EXPORT_FORMATS.find((candidate) => candidate.name === name);
  if (format !== undefined) return format;
  throw new UsageError(
    localizable('There is no format {0}.', JSON.stringify(name)),
    localizable('Pass one of {0}.', FORMAT_NAMES),
  );
}

/** Throws `UsageError` for an option that the format would ignore. */
function requireApplying({ name, options: applying }: ExportFormat, options: CommandOptions): void {
  const unused = FORMAT_OPTIONS.find((option) => options[option] !== undefined && !applying.includes(option));
  if (unused === undefined) return;
  const others = applying.map((option) => `--${option}`).join(', ');
  throw new UsageError(
    localizable('--{0} does not apply to the format {1}.', unused, name),
    applying.length === 0
      ? localizable('Leave it out: this format has no options.')
      : localizable('Leave it out. Options of this format: {0}.', others),
  );
}

function framesOf({ fps, width }: CommandOptions): FrameOptions {
  return {
    ...(fps === undefined ? {} : { perSecond: fps }),
    ...(width === undefined ? {} : { width }),
  };
}

/** Throws `UsageError`. */
function seedList(text: string): readonly number[] {
  const seeds = text.split(',').map((part) => Number(part.trim() || Number.NaN));
  if (seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return seeds;
  throw new UsageError(
    localizable('{0} is no list of seeds.', JSON.stringify(text)),
    localizable('Pass whole numbers: --seeds 3,17,42.'),
  );
}

/** Throws `UsageError`. */
function walkOf({ seconds, count, seed, seeds, latents, class: label }: CommandOptions): WalkOptions {
  const { walk } = DEFAULT_OPTIONS;
  if ((seeds !== undefined || latents !== undefined) && (count !== undefined || seed !== undefined))
    throw new UsageError(
      localizable('--seeds and --latents choose the latents of one image, which --count and --seed draw.'),
      localizable('Pass either.'),
    );
  return {
    seconds: seconds ?? walk.seconds,
    count: count ?? walk.count,
    seed: seed ?? walk.seed,
    ...(seeds === undefined ? {} : { seeds }),
    ...(latents === undefined ? {} : { latentFile: resolve(latents) }),
    ...(label === undefined ? {} : { label }),
  };
}

function networkOf({ discriminator, back }: CommandOptions) {
  const player = discriminator === true ? 'discriminator' : 'generator';
  return back === true ? (`${player}Back` as const) : player;
}

function formatLines(): string[] {
  const width = Math.max(...EXPORT_FORMATS.map(({ name }) => name.length));
  return EXPORT_FORMATS.map(({ name, description }) => `  ${name.padEnd(width)}  ${inLanguage(description)}`);
}
