/** The run folder or checkpoint that a command acts on: the row it was called on, or the user's choice. */
import { l10n, type QuickPickItem, window } from 'vscode';
import type { CataloguedRun, ListedCheckpoint } from '../../runs/run-catalogue';
import { CheckpointNode, RunNode } from '../experiments/nodes';
import { steerability } from '../experiments/run-state';
import type { RunServices } from '../host';
import { pickRun, steeringTargetOf } from './targets';

/** For commands that do not apply to every run. */
export interface RunChoice {
  /** Message if there is no run. */
  readonly none?: string;
  readonly fits?: (run: CataloguedRun) => boolean;
}

/** Returns the absolute path of a run folder; undefined if the user cancels or, after a message, if there is no run. */
export async function runFolderFor(
  host: RunServices,
  target: unknown,
  title: string,
  { none = l10n.t('There are no runs yet.'), fits = () => true }: RunChoice = {},
): Promise<string | undefined> {
  const chosen =
    steeringTargetOf(host, target) ??
    (await pickRun(host, {
      title,
      none,
      // Queued and starting jobs have no folder yet.
      isOffered: (state, run) =>
        steerability(state) !== 'queued' && state !== 'starting' && run !== undefined && fits(run),
    }));
  return chosen?.runFolder;
}

/** Returns the runs among several rows that a command was called on; otherwise like `runFolderFor`. */
export async function runFoldersFor(
  host: RunServices,
  targets: readonly unknown[],
  title: string,
): Promise<readonly string[]> {
  if (targets.length > 1)
    return targets.flatMap((target) => (target instanceof RunNode ? target.runFolder : []));
  const runFolder = await runFolderFor(host, targets[0], title);
  return runFolder === undefined ? [] : [runFolder];
}

export interface CheckpointTarget {
  readonly runFolder: string;
  readonly step: number;
}

interface CheckpointItem extends QuickPickItem {
  readonly step: number;
}

export async function checkpointFor(
  host: RunServices,
  target: unknown,
  title: string,
  isOffered: (checkpoint: ListedCheckpoint) => boolean,
): Promise<CheckpointTarget | undefined> {
  if (target instanceof CheckpointNode) return { runFolder: target.runFolder, step: target.checkpoint.step };
  const runFolder = await runFolderFor(host, target, title);
  if (runFolder === undefined) return undefined;
  const { listCheckpoints } = await import('../../runs/run-catalogue');
  const items = (await listCheckpoints(runFolder)).filter(isOffered).map(
    ({ step, isPinned }): CheckpointItem => ({
      label: l10n.t('Step {0}', step),
      description: isPinned ? l10n.t('pinned') : '',
      step,
    }),
  );
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('This run has no suitable checkpoint.'));
    return undefined;
  }
  const chosen = await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose a checkpoint') });
  return chosen === undefined ? undefined : { runFolder, step: chosen.step };
}

/**
 * Returns the applicable checkpoints among several rows that a command was called on; otherwise like `checkpointFor`.
 */
export async function checkpointsFor(
  host: RunServices,
  targets: readonly unknown[],
  title: string,
  isOffered: (checkpoint: ListedCheckpoint) => boolean,
): Promise<readonly CheckpointTarget[]> {
  if (targets.length > 1)
    return targets.flatMap((target) =>
      target instanceof CheckpointNode && isOffered(target.checkpoint)
        ? { runFolder: target.runFolder, step: target.checkpoint.step }
        : [],
    );
  const chosen = await checkpointFor(host, targets[0], title, isOffered);
  return chosen === undefined ? [] : [chosen];
}
