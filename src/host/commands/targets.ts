/** Resolves the target of a command: a row of the tree, a file, or nothing, in which case it asks the user. */
import { l10n, type QuickPickItem, Uri, window } from 'vscode';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { DatasetNode } from '../datasets/dataset-node';
import { CheckpointNode, ExperimentNode, RunNode, SweepNode, WaitingNode } from '../experiments/nodes';
import { type ShownState, shownState, stateIcon, stateName } from '../experiments/run-state';
import type { RunServices } from '../host';
import type { TrainingJob } from '../training/training-job';
import { isJobReference, type JobReference } from './job-reference';
import { runItems } from './run-items';

/** A queued run has no folder yet; a run of another process has no job here. */
export interface SteeringTarget {
  readonly job?: TrainingJob;
  readonly runFolder?: string;
}

/** Absolute path of the experiment file, if the command was called on one. */
export function experimentOf(target: unknown): string | undefined {
  if (target instanceof ExperimentNode) return target.file.fsPath;
  return target instanceof Uri ? target.fsPath : undefined;
}

/** Returns the file or folder that a row represents. */
export function uriOf(target: unknown): Uri | undefined {
  if (target instanceof Uri) return target;
  if (target instanceof DatasetNode) return target.place;
  if (target instanceof RunNode) return Uri.file(target.runFolder);
  if (target instanceof SweepNode) return Uri.file(target.folder);
  return target instanceof ExperimentNode || target instanceof CheckpointNode ? target.file : undefined;
}

function targetOf({ training }: RunServices, runFolder: string): SteeringTarget {
  const job = training.jobOfRun(runFolder);
  return { runFolder, ...(job === undefined ? {} : { job }) };
}

/** Returns the run that a command was called on: by its row, its job, or the path of its folder. */
export function steeringTargetOf(host: RunServices, target: unknown): SteeringTarget | undefined {
  if (target instanceof WaitingNode) return { job: target.job };
  if (target instanceof RunNode || target instanceof CheckpointNode) return targetOf(host, target.runFolder);
  if (isJobReference(target)) return jobTarget(host, target);
  return typeof target === 'string' ? targetOf(host, target) : undefined;
}

/** Returns an empty target if the job has ended since the link was rendered. */
function jobTarget({ training }: RunServices, { jobId }: JobReference): SteeringTarget {
  const job = training.jobs.find(({ id }) => id === jobId);
  if (job === undefined) return {};
  return { job, ...(job.runFolder === undefined ? {} : { runFolder: job.runFolder }) };
}

/**
 * Returns everything a command was called on: the selected rows if VS Code passes a selection that includes the target,
 * otherwise the target alone.
 */
export function targetsOf(target: unknown, selected: unknown): readonly unknown[] {
  return Array.isArray(selected) && selected.length > 0 ? selected : [target];
}

interface Question {
  readonly title: string;
  readonly none: string;
  /** `run` is omitted for jobs without a folder. */
  isOffered(state: ShownState, run?: CataloguedRun): boolean;
}

function stateOf({ runs }: RunServices, { job, runFolder }: SteeringTarget): ShownState | undefined {
  const listed = runs.runs.find(({ run }) => run.folder === runFolder);
  return listed === undefined ? job?.state : shownState(listed, job);
}

/**
 * Returns the runs that a command was called on, filtered by state if there are several; asks the user if there are
 * none.
 */
export async function steeringTargetsFor(
  host: RunServices,
  targets: readonly unknown[],
  question: Question,
): Promise<readonly SteeringTarget[]> {
  const called = targets.flatMap((target) => steeringTargetOf(host, target) ?? []);
  const [first] = called;
  if (first === undefined) {
    const chosen = await pickRun(host, question);
    return chosen === undefined ? [] : [chosen];
  }
  // A run may be selected together with its checkpoints.
  const runs = [...new Map(called.map((each) => [each.runFolder ?? each.job, each])).values()];
  if (runs.length === 1) return [first];
  return runs.filter((each) => {
    const state = stateOf(host, each);
    return state !== undefined && question.isOffered(state);
  });
}

interface TargetItem extends QuickPickItem {
  readonly target: SteeringTarget;
}

/**
 * Asks for one of the runs in the offered states. Returns a single match without asking; shows a message if there is
 * none.
 */
export async function pickRun(host: RunServices, question: Question): Promise<SteeringTarget | undefined> {
  const runs = (await runItems(host))
    .filter(({ state, catalogued }) => question.isOffered(state, catalogued))
    .map((item): TargetItem => ({ ...item, target: targetOf(host, item.folder) }));
  const waiting = host.training.jobs
    .filter(({ runFolder, state }) => runFolder === undefined && question.isOffered(state))
    .map((job): TargetItem => waitingItem(job));
  const items = [...waiting, ...runs];
  if (items.length === 0) void window.showInformationMessage(question.none);
  if (items.length <= 1) return items[0]?.target;
  const chosen = await window.showQuickPick(items, {
    title: question.title,
    placeHolder: l10n.t('Choose a run'),
    matchOnDetail: true,
  });
  return chosen?.target;
}

function waitingItem(job: TrainingJob): TargetItem {
  const { title, state } = job;
  return { label: title, iconPath: stateIcon(state), description: stateName(state), target: { job } };
}
