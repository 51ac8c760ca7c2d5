/** `gan train FILE`: creates a run of an experiment and trains it. */
import { resolve } from 'node:path';
import { loadExperiment } from '../../config/load';
import { engines } from '../../engine/registry';
import { startSession } from '../../session/training-session';
import type { GanCommand } from '../command';
import { integerOption, repeated, UsageError } from '../command';
import { runToEnd } from '../run-to-end';
import { resourcesOf, SLURM_SET } from '../slurm/resources';
import { submitTraining, trainJob } from '../slurm/training-job';

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

/** `auto, onnx, or onnx-wasm` */
const ENGINE_CHOICES = new Intl.ListFormat('en', { type: 'disjunction' }).format([
  'auto',
  ...engines.map(({ name }) => name),
]);

export const train: GanCommand = {
  name: 'train',
  define(command, { output }) {
    command
      .enablePositionalOptions()
      .description('Train an experiment.')
      .argument('[file]', 'experiment file (.gan.json)')
      .option('--steps <n>', 'number of training steps', integerOption('--steps', 1))
      .option('--out <folder>', 'where to create the run folder (default: gan-runs next to the file)')
      .option('--engine <name>', ENGINE_CHOICES)
      .option('--threads <n>', 'number of threads per step', integerOption('--threads', 1, 1024))
      .option('--seed <n>', 'random seed', integerOption('--seed', 0))
      .option('--from <path>', 'start from the weights of a run folder or checkpoint (initialise.from)')
      .option(
        '--set <key=value>',
        'override a key of the experiment, e.g. optimiser.beta1=0.4 (repeatable)',
        repeated,
      )
      .option('--slurm', 'train by a batch job of Slurm instead of here')
      .option(...SLURM_SET)
      .option('--dry-run', 'print the experiment with all defaults filled in, then exit')
      .option('--json', 'print one JSON object per line')
      .action(async (file: string | undefined, options: TrainOptions) => {
        output.json = options.json === true;
        if (file === undefined)
          throw new UsageError(
            'There is no experiment to train.',
            'Pass a file, e.g. digits.gan.json, or see `gan train --help`.',
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
      .description('Train the experiment of a batch job, or go on with its run; for batch scripts.')
      .argument('<folder>', 'folder of a batch job, e.g. gan-runs/slurm/00001-digits')
      .option('--json', 'print one JSON object per line')
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
