/** `gan train FILE`: creates a run of an experiment and trains it. */
import { resolve } from 'node:path';
import { loadExperiment } from '../../config/load';
import { engines } from '../../engine/registry';
import { startSession } from '../../session/training-session';
import { anyOf, localizable } from '../../shared/localizable-text';
import type { GanCommand } from '../command';
import { integerOption, repeated, UsageError } from '../command';
import { runToEnd } from '../run-to-end';
import { resourcesOf, slurmSet } from '../slurm/resources';
import { submitTraining, trainJob } from '../slurm/training-job';
import { t, translated } from '../texts';

interface TrainOptions {
  readonly steps?: number;
  readonly out?: string;
  readonly engine?: string;
  readonly threads?: number;
  readonly seed?: number;
  readonly from?: string;
  readonly set?: readonly string[];
  readonly slurm?: boolean;
  readonly slurmSet?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const ENGINE_CHOICES = ['auto', ...engines.map(({ name }) => name)];

export const train: GanCommand = {
  name: 'train',
  define(command, { output }) {
    command
      .enablePositionalOptions()
      .description(t('Train an experiment.'))
      .argument('[file]', t('experiment file (.gan.json)'))
      .option('--steps <n>', t('number of training steps'), integerOption('--steps', 1))
      .option('--out <folder>', t('where to create the run folder (default: gan-runs next to the file)'))
      .option('--engine <name>', translated(anyOf(ENGINE_CHOICES)))
      .option('--threads <n>', t('number of threads per step'), integerOption('--threads', 1, 1024))
      .option('--seed <n>', t('random seed'), integerOption('--seed', 0))
      .option('--from <path>', t('start from the weights of a run folder or checkpoint (initialise.from)'))
      .option(
        '--set <key=value>',
        t('override a key of the experiment, e.g. optimiser.beta1=0.4 (repeatable)'),
        repeated,
      )
      .option('--slurm', t('train by a batch job of Slurm instead of here'))
      .option(...slurmSet())
      .option('--dry-run', t('print the experiment with all defaults filled in, then exit'))
      .option('--json', t('print one JSON object per line'))
      .action(async (file: string | undefined, options: TrainOptions) => {
        output.json = options.json === true;
        if (file === undefined)
          throw new UsageError(
            localizable('There is no experiment to train.'),
            localizable('Pass a file, e.g. digits.gan.json, or see `gan train --help`.'),
          );
        const resources = resourcesOf(options);
        const experiment = await loadExperiment(file, overridesOf(options));
        if (options.dryRun === true) {
          output.say(JSON.stringify(experiment.config, undefined, 2));
          output.emitExperiment(experiment.config);
          return;
        }
        if (resources !== undefined) {
          await submitTraining(output, experiment, overridesOf(options), resources, options.out);
          return;
        }
        await runToEnd(output, (observer, signal) =>
          startSession({
            experiment,
            ...(options.out === undefined ? {} : { runsFolder: resolve(options.out) }),
            observer,
            signal,
          }),
        );
      });
    command
      .command('work')
      .exitOverride()
      .description(t('Train the experiment of a batch job, or go on with its run; for batch scripts.'))
      .argument('<folder>', t('folder of a batch job, e.g. gan-runs/slurm/00001-digits'))
      .option('--json', t('print one JSON object per line'))
      .action(async (folder: string, options: Pick<TrainOptions, 'json'>) => {
        output.json = options.json === true;
        await trainJob(output, folder);
      });
  },
};

/** Converts options that correspond to keys of the experiment to overrides. */
export function overridesOf(
  options: Omit<TrainOptions, 'out' | 'slurm' | 'slurmSet' | 'dryRun' | 'json'>,
): string[] {
  return [
    ...(options.set ?? []),
    ...(options.steps === undefined ? [] : [`length.steps=${options.steps}`]),
    ...(options.engine === undefined ? [] : [`engine.name=${options.engine}`]),
    ...(options.threads === undefined ? [] : [`engine.threads=${options.threads}`]),
    ...(options.seed === undefined ? [] : [`seed=${options.seed}`]),
    // A path in the experiment is relative to it, one on the command line to the working directory.
    ...(options.from === undefined ? [] : [`initialise.from=${JSON.stringify(resolve(options.from))}`]),
  ];
}
