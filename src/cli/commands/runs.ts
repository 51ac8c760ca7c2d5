/** `gan runs [DIR]`: lists the runs in a folder with their status. */
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { runNumber } from '../../run-folder/create-folder';
import { listRuns } from '../../run-folder/list-runs';
import { LockObserver } from '../../run-folder/lock-file';
import { formatText } from '../../shared/localizable-text';
import { gitText } from '../../shared/provenance';
import { RUNS_FOLDER } from '../../shared/run-format';
import { readFolder } from '../../storage/durable-file';
import type { GanCommand } from '../command';
import { UsageError } from '../command';

export const runs: GanCommand = {
  name: 'runs',
  define(command, { output }) {
    command
      .description('List runs.')
      .argument('[folder]', 'gan-runs folder, or its parent folder', '.')
      .option('--json', 'print one JSON object per line')
      .action(async (folder: string, options: { json?: boolean }) => {
        output.json = options.json === true;
        const runsFolder = await findRunsFolder(resolve(folder));
        const listed = await listRuns([runsFolder], new LockObserver());
        if (listed.length === 0) output.say(`No runs in ${runsFolder}.`);
        for (const run of listed) {
          if ('problem' in run) {
            output.emit({ folder: run.folder, problem: run.problem });
            output.say(`${basename(run.folder).padEnd(32)} damaged: ${run.problem}`);
            continue;
          }
          const { record, status } = run;
          output.emit({ folder: run.folder, ...record, status });
          const weights = record.parent?.weights === undefined ? undefined : record.parent;
          const notes = [
            record.ending?.reason,
            weights && `Started from the weights of ${weights.run}, step ${weights.step}.`,
          ].filter((note) => note !== undefined);
          const git = record.git === undefined ? '' : `  ${formatText(gitText(record.git))}`;
          output.say(
            `${record.id.padEnd(32)} ${status.padEnd(12)} ${`${record.step}/${record.totalSteps}`.padStart(14)} steps  ${record.updatedAt.slice(0, 16).replace('T', ' ')}${git}${notes.map((note) => `\n  ${note}`).join('')}`,
          );
        }
      });
  },
};

/** Returns the folder itself if it contains runs, otherwise the `gan-runs` folder inside it. */
async function findRunsFolder(folder: string): Promise<string> {
  const inside = join(folder, RUNS_FOLDER);
  const isFolder = async (path: string): Promise<boolean> =>
    stat(path).then(
      (info) => info.isDirectory(),
      () => false,
    );
  if (!(await isFolder(folder)))
    throw new UsageError(`Folder not found: ${folder}`, 'Pass a gan-runs folder, or its parent folder.');
  if ((await readFolder(folder)).some((name) => runNumber(name) !== undefined)) return folder;
  return (await isFolder(inside)) ? inside : folder;
}
