/** *Open Dataset*: shows the data of an experiment, packed into the cache first if necessary. */
import { l10n, Uri } from 'vscode';
import { pickExperiment } from '../commands/pick-experiment';
import { findExperiments } from '../experiments/runs-model';
import type { Host } from '../host';
import { DatasetNode } from './dataset-node';

export async function openDataset({ pages }: Host, target: unknown): Promise<void> {
  const file = await experimentFor(target);
  if (file !== undefined) await pages.dataset.show(file.fsPath);
}

async function experimentFor(target: unknown): Promise<Uri | undefined> {
  if (target instanceof Uri) return target;
  // Any of its experiments will do: their data is the same.
  if (target instanceof DatasetNode) return target.files[0];
  return await pickExperiment(await findExperiments(), l10n.t('Open Dataset'));
}
