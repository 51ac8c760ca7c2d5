/** `gan sweep FILE`: trains many variants of an experiment; `status`, `stop`, `resume` and `work` take its folder. */
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { localizable } from '../../shared/localizable-text';
import { RUNS_FOLDER } from '../../shared/run-format';
import { loadSweep } from '../../sweep/load-sweep';
import { planOf } from '../../sweep/plan';
import { learnsFromTrials, proposedTrial } from '../../sweep/proposals';
import { summaryOf } from '../../sweep/summary';
import { SweepFolder } from '../../sweep/sweep-folder';
import type { SweepPlan } from '../../sweep/sweep-format';
import type { CommandContext, GanCommand } from '../command';
import { EXIT, integerOption, UsageError } from '../command';
import type { Output } from '../output';
import { resourcesOf, slurmSet } from '../slurm/resources';
import { cancelJobs, reportJobs, submitSweep } from '../sweeps/on-slurm';
import { reportSummary, trialText } from '../sweeps/report';
import { trainHere, trainSweep } from '../sweeps/work';
import { t } from '../texts';

interface SweepOptions {
  readonly out?: string;
  readonly parallel?: number;
  readonly trials?: number;
  readonly slurm?: boolean;
  readonly slurmSet?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const sweep: GanCommand = {
  name: 'sweep',
  define(command, context) {
    command
      .enablePositionalOptions()
      .description(t('Train many variants of an experiment, and find the best.'))
      .argument('[file]', t('sweep file (.gan-sweep.json)'))
      .option('--out <folder>', t('where to create the runs (default: gan-runs next to the file)'))
      .option('--parallel <n>', t('number of trials trained at once'), integerOption('--parallel', 1, 1024))
      .option('--trials <n>', t('number of trials'), integerOption('--trials', 1, 100_000))
      .option('--slurm', t('train by a job array of Slurm instead of here'))
      .option(...slurmSet())
      .option('--dry-run', t('check the sweep and print its trials, then exit'))
      .option('--json', t('print one JSON object per line'))
      .action(async (file: string | undefined, options: SweepOptions) => {
        if (file === undefined)
          throw new UsageError(
            localizable('There is no sweep file to train.'),
            localizable('Pass one, e.g. digits.gan-sweep.json, or see `gan sweep --help`.'),
          );
        await start(file, options, context);
      });
    const { output } = context;
    defineOn(command, ['status', t('Show the trials of a sweep, best first.')], context, async (folder) => {
      reportSummary(output, folder, await summaryOf(folder));
      await reportJobs(output, folder);
    });
    defineOn(
      command,
      ['stop', t('Stop a sweep; running trials save a checkpoint.')],
      context,
      async (folder) => {
        await folder.requestStop();
        await cancelJobs(folder);
        output.say(
          t('Its trials stop after their current step. To go on: {0}', `gan sweep resume ${folder.path}`),
        );
      },
    );
    defineOn(
      command,
      ['resume', t('Go on with a sweep that was stopped or killed.')],
      context,
      async (folder, { slurm }) => {
        await folder.withdrawStop();
        await (slurm === true ? submitSweep(output, folder) : trainSweep(output, folder));
      },
    ).option('--slurm', t('train by a job array of Slurm instead of here'));
    defineOn(
      command,
      ['work', t('Train trials of a sweep beside other processes.')],
      context,
      async (folder) => {
        process.exitCode = (await trainHere(output, folder)) === 'stopped' ? EXIT.interrupted : EXIT.done;
      },
    );
  },
};

async function start(file: string, options: SweepOptions, { output }: CommandContext): Promise<void> {
  output.json = options.json === true;
  const loaded = await loadSweep(file, {
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
    ...(options.trials === undefined ? {} : { trials: options.trials }),
  });
  const plan = planOf(file, loaded, resourcesOf(options));
  if (options.dryRun === true) {
    describe(plan, output);
    return;
  }
  const runsFolder = options.out ?? join(dirname(plan.experimentFile), RUNS_FOLDER);
  const folder = await SweepFolder.create(runsFolder, plan);
  output.emit({ type: 'sweep', folder: folder.path, trials: plan.trials });
  output.say(t('Sweep folder: {0}', folder.path));
  await (options.slurm === true ? submitSweep(output, folder) : trainSweep(output, folder));
}

/** Prints the trials, as far as they are known beforehand. */
function describe(plan: SweepPlan, output: Output): void {
  if (learnsFromTrials(plan)) {
    output.say(
      t('The sweep is valid. Each of its {0} trials depends on the results of those before it.', plan.trials),
    );
    return;
  }
  for (let number = 1; number <= plan.trials; number++) {
    const trial = proposedTrial(plan, number, []);
    output.emit({ type: 'trial', trial: trial.trial, values: trial.values });
    output.say(trialText(plan, trial));
  }
}

interface FolderOptions {
  readonly json?: boolean;
  readonly slurm?: boolean;
}

/** Defines a command on the folder of a sweep. */
function defineOn(
  command: Command,
  [name, description]: readonly [string, string],
  { output }: CommandContext,
  act: (folder: SweepFolder, options: FolderOptions) => Promise<void>,
): Command {
  return command
    .command(name)
    .exitOverride()
    .description(description)
    .argument('<folder>', t('folder of a sweep, e.g. gan-runs/sweeps/00001-digits'))
    .option('--json', t('print one JSON object per line'))
    .action(async (folder: string, options: FolderOptions) => {
      output.json = options.json === true;
      await act(await SweepFolder.open(resolve(folder)), options);
    });
}
