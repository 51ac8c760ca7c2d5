/** `gan train FILE`: makes a run of an experiment and trains it. */
import { resolve } from 'node:path';
import { loadExperiment } from '../../config/load';
import { startSession } from '../../session/training-session';
import type { GanCommand } from '../command';
import { integerOption, repeated } from '../command';
import { runToEnd } from '../run-to-end';

interface TrainOptions {
  readonly steps?: number;
  readonly out?: string;
  readonly engine?: string;
  readonly threads?: number;
  readonly seed?: number;
  readonly set?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const train: GanCommand = {
  name: 'train',
  define(command, { output }) {
    command
      .description('train an experiment')
      .argument('<file>', 'the experiment, a .gan.json file')
      .option('--steps <n>', 'number of steps', integerOption('--steps', 1))
      .option('--out <folder>', 'folder that gets the run folder (default: gan-runs beside the file)')
      .option('--engine <name>', 'auto, onnx or onnx-wasm')
      .option('--threads <n>', 'threads of a step', integerOption('--threads', 1, 1024))
      .option('--seed <n>', 'seed of everything random', integerOption('--seed', 0))
      .option('--set <key=value>', 'change any key of the experiment, e.g. optimiser.beta1=0.4', repeated)
      .option('--dry-run', 'print the experiment with every default written out, and do nothing else')
      .option('--json', 'one JSON object a line')
      .action(async (file: string, options: TrainOptions) => {
        output.json = options.json === true;
        const experiment = await loadExperiment(file, overridesOf(options));
        if (options.dryRun === true) {
          output.say(JSON.stringify(experiment.config, undefined, 2));
          output.emit(experiment.config);
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
  },
};

/** The options that stand for keys of the experiment. */
export function overridesOf(options: Omit<TrainOptions, 'out' | 'dryRun' | 'json'>): string[] {
  return [
    ...(options.set ?? []),
    ...(options.steps === undefined ? [] : [`length.steps=${options.steps}`]),
    ...(options.engine === undefined ? [] : [`engine.name=${options.engine}`]),
    ...(options.threads === undefined ? [] : [`engine.threads=${options.threads}`]),
    ...(options.seed === undefined ? [] : [`seed=${options.seed}`]),
  ];
}
