/** How a batch job looks in the tree. */
import { join } from 'node:path';
import { l10n, TreeItem, Uri } from 'vscode';
import type { SlurmPlace } from '../../slurm/slurm';
import { stateIcon, stateName } from '../experiments/run-state';
import { problemText } from '../localized-texts';
import type { BatchJob, BatchJobState } from './batch-jobs-model';

export function batchJobItem({ folder, job, state }: BatchJob): TreeItem {
  const item = new TreeItem(l10n.t('Slurm job {0}', String(job)));
  item.id = folder;
  item.iconPath = stateIcon(iconState(state));
  item.description = stateText(state);
  item.contextValue = 'batchJob';
  const problem =
    state.kind === 'submitted' && state.problem !== undefined ? [problemText(state.problem)] : [];
  item.tooltip = [`${item.label}: ${item.description}`, ...problem, folder].join('\n');
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  // Whatever kept it from training is in what its task has printed.
  if (state.kind === 'ended')
    item.command = {
      command: 'vscode.open',
      title: l10n.t('Open'),
      arguments: [Uri.file(join(folder, `slurm-${job}.txt`))],
    };
  return item;
}

function iconState({ kind }: BatchJobState): 'queued' | 'starting' | 'damaged' {
  switch (kind) {
    case 'submitted':
    case 'waiting':
      return 'queued';
    case 'running':
      return 'starting';
    case 'ended':
      return 'damaged';
  }
}

function stateText(state: BatchJobState): string {
  switch (state.kind) {
    case 'submitted':
      return l10n.t('submitted');
    case 'waiting':
      return `${stateName('queued')} (${state.reason})`;
    case 'running':
      return l10n.t('starting on {0}', state.node);
    case 'ended':
      return l10n.t('ended before its run began');
  }
}

/** Where a trial or a run is trained. */
export function placeText({ job, node }: SlurmPlace): string {
  return l10n.t('Slurm {0} on {1}', job, node);
}
