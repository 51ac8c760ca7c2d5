/** `gan describe FILE|RUN`: the networks of an experiment, and what training them takes on this machine. */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { loadExperiment } from '../../config/load';
import { describeExperiment } from '../../network-summary/describe-experiment';
import { mermaidOf } from '../../network-summary/mermaid';
import { tableOf } from '../../network-summary/table';
import { locateExperiment } from '../../run-folder/locate-experiment';
import { readRunRecord } from '../../run-folder/run-record';
import { readLatestConfig } from '../../session/stored-run';
import type { ExperimentSummary } from '../../shared/network-summary';
import { formatDuration, formatValue } from '../../shared/number-text';
import { loadKeptNetworks, loadUserNetworks } from '../../user-networks/user-networks';
import { type GanCommand, repeated, requireRun } from '../command';
import { t, translated } from '../texts';

interface DescribeOptions {
  readonly set?: readonly string[];
  readonly mermaid?: boolean;
  readonly time: boolean;
  readonly json?: boolean;
}

const [MEGABYTE, GIGABYTE] = [1e6, 1e9];

export const describe: GanCommand = {
  name: 'describe',
  define(command, { output }) {
    command
      .description(
        t('Show the layers of both networks, their sizes, and what training takes on this machine.'),
      )
      .argument('<path>', t('experiment file (.gan.json) or run folder'))
      .option(
        '--set <key=value>',
        t('override a key of the experiment, e.g. generator.channels=[128,64] (repeatable)'),
        repeated,
      )
      .option('--mermaid', t('print the networks as a Mermaid flowchart'))
      .option('--no-time', t('do not measure the duration of a step, which takes about two seconds'))
      .option('--json', t('print one JSON object per line'))
      .action(async (path: string, options: DescribeOptions) => {
        output.json = options.json === true;
        const measuresTime = options.time && options.mermaid !== true;
        const summary = await ((await isFolder(path))
          ? describeRun(path, measuresTime)
          : describeFile(path, options.set ?? [], measuresTime));
        output.emit({ type: 'describe', ...summary });
        if (options.mermaid === true) output.say(mermaidOf(summary.networks, translated).trimEnd());
        else for (const line of linesOf(summary)) output.say(line);
      });
  },
};

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function describeFile(
  file: string,
  overrides: readonly string[],
  measuresTime: boolean,
): Promise<ExperimentSummary> {
  const { config, baseFolder } = await loadExperiment(file, overrides);
  const modules = await loadUserNetworks(config, baseFolder);
  return await describeExperiment(config, { baseFolder, modules, measuresTime });
}

async function describeRun(folder: string, measuresTime: boolean): Promise<ExperimentSummary> {
  const runFolder = resolve(folder);
  await requireRun(runFolder);
  const config = await readLatestConfig(runFolder);
  const modules = await loadKeptNetworks(config, runFolder);
  const experiment = await locateExperiment(runFolder, await readRunRecord(runFolder));
  return await describeExperiment(config, { baseFolder: dirname(experiment), modules, measuresTime });
}

function linesOf({ networks, batchSize, memoryBytes, steps, stepSeconds }: ExperimentSummary): string[] {
  const size =
    memoryBytes < GIGABYTE
      ? `${Math.round(memoryBytes / MEGABYTE)} MB`
      : `${formatValue(memoryBytes / GIGABYTE)} GB`;
  const memory = t('{0} of memory beside the data, at a batch of {1}', size, batchSize);
  const time =
    stepSeconds === undefined
      ? []
      : [
          t(
            '{0} ms a step, {1} for {2} steps on this machine',
            formatValue(stepSeconds * 1000),
            formatDuration(stepSeconds * steps),
            steps,
          ),
        ];
  return [...networks.flatMap((network) => [tableOf(network, translated), '']), memory, ...time];
}
