/** `gan runs [DIR]`: lists the runs in a folder with their status. */
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { runNumber } from '../../run-folder/create-folder';
import { listRuns } from '../../run-folder/list-runs';
import { LockObserver } from '../../run-folder/lock-file';
import { localizable } from '../../shared/localizable-text';
import { gitText } from '../../shared/provenance';
import { RUNS_FOLDER } from '../../shared/run-format';
import { padEndTo } from '../../shared/text-width';
import { readFolder } from '../../storage/durable-file';
import type { GanCommand } from '../command';
import { UsageError } from '../command';
import { statusText } from '../status-text';
import { t, translated } from '../texts';

export const runs: GanCommand = {
  name: 'runs',
  define(command, { output }) {
    command
      .description(t('List runs.'))
      .argument('[folder]', t('gan-runs folder, or its parent folder'), '.')
      .option('--json', t('print one JSON object per line'))
      .action(async (folder: string, options: { json?: boolean }) => {
        output.json = options.json === true;
        const runsFolder = await findRunsFolder(resolve(folder));
        const listed = await listRuns([runsFolder], new LockObserver());
        if (listed.length === 0) output.say(t('No runs in {0}.', runsFolder));
        for (const run of listed) {
          if ('problem' in run) {
            output.emit({ folder: run.folder, problem: run.problem });
            output.say(
              `${basename(run.folder).padEnd(32)} ${t('damaged: {0}', translated(run.said, run.problem))}`,
            );
            continue;
          }
          const { record, status } = run;
          output.emit({ folder: run.folder, ...record, status });
          const weights = record.parent?.weights === undefined ? undefined : record.parent;
          const notes = [
            record.ending?.reason && translated(record.ending.said, record.ending.reason),
            weights && t('Started from the weights of {0}, step {1}.', weights.run, weights.step),
          ].filter((note) => note !== undefined);
          const git = record.git === undefined ? '' : `  ${translated(gitText(record.git))}`;
          output.say(
            `${record.id.padEnd(32)} ${padEndTo(statusText(status), 12)} ${t('{0} steps', `${record.step}/${record.totalSteps}`.padStart(14))}  ${record.updatedAt.slice(0, 16).replace('T', ' ')}${git}${notes.map((note) => `\n  ${note}`).join('')}`,
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
    throw new UsageError(
      localizable('There is no folder {0}.', folder),
      localizable('Pass a gan-runs folder, or its parent folder.'),
    );
  if ((await readFolder(folder)).some((name) => runNumber(name) !== undefined)) return folder;
  return (await isFolder(inside)) ? inside : folder;
}
