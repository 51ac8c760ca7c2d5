/** *Start Training on Slurm…*: submits an experiment or a sweep as a batch job, with the resources of the settings. */
import { basename } from 'node:path';
import { parse } from 'jsonc-parser';
import { l10n, window, workspace } from 'vscode';
import { SWEEP_EXTENSION } from '../../shared/sweep-files';
import { type GanHost, ganWithProgress } from '../commands/gan-progress';
import { pickExperiment } from '../commands/pick-experiment';
import { experimentOf } from '../commands/targets';
import { findExperiments } from '../experiments/runs-model';
import type { Host } from '../host';
import { findSweeps } from '../tasks/find-sweeps';
import { resourceOptions } from './slurm-settings';

interface SlurmHost extends GanHost {
  readonly runs: Pick<Host['runs'], 'rediscover'>;
}

export async function startOnSlurm(host: SlurmHost, target: unknown): Promise<void> {
  const { hasSlurm } = await import('../../slurm/find-slurm');
  if (!(await hasSlurm())) {
    void window.showInformationMessage(
      l10n.t(
        'There is no command sbatch on this machine. Connect the window to a login node of a Slurm cluster, and try again.',
      ),
    );
    return;
  }
  const file = experimentOf(target) ?? (await picked());
  if (file === undefined) return;
  const open = workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
  if (open?.isDirty === true) await open.save();
  const name = basename(file).replace(/\.gan(-sweep)?\.json$/i, '');
  const job = await submitted(host, file, name);
  if (job === undefined) return;
  void window.showInformationMessage(l10n.t('Submitted {0} to Slurm as job {1}.', name, job));
  await host.runs.rediscover();
}

async function picked(): Promise<string | undefined> {
  const files = [...(await findExperiments()), ...(await findSweeps())];
  return (await pickExperiment(files, l10n.t('Start Training on Slurm')))?.fsPath;
}

/** Returns the number of the job; undefined if the user cancels. */
async function submitted(host: SlurmHost, file: string, name: string): Promise<number | undefined> {
  const isSweep = file.endsWith(SWEEP_EXTENSION);
  const resources = isSweep && (await namesResources(file)) ? [] : resourceOptions();
  let job: number | undefined;
  await ganWithProgress(host, {
    title: l10n.t('Submitting {0}', name),
    args: [isSweep ? 'sweep' : 'train', file, '--slurm', ...resources],
    onLine(line) {
      if ('type' in line && line.type === 'slurmJob' && 'job' in line) job = Number(line.job);
    },
  });
  return job;
}

/** Whether a sweep itself says what its tasks ask for. */
async function namesResources(file: string): Promise<boolean> {
  const document = await workspace.openTextDocument(file);
  const sweep: unknown = parse(document.getText());
  return typeof sweep === 'object' && sweep !== null && 'slurm' in sweep;
}
