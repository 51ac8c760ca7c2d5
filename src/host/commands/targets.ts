/** What a command is called on: a row of the tree, a file, or nothing, in which case the person is asked. */
import { l10n, type QuickPickItem, Uri, window } from 'vscode';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { DatasetNode } from '../datasets/dataset-node';
import {
  CheckpointNode,
  ExperimentNode,
  type ProblemNode,
  RunNode,
  type TreeNode,
  WaitingNode,
} from '../experiments/nodes';
import { type ShownState, shownState, stateIcon, stateName } from '../experiments/run-state';
import type { Host } from '../host';
import type { TrainingJob } from '../training/training-job';
import { isJobReference, type JobReference } from './job-reference';
import { runItems } from './run-items';

/** A run in the queue has no folder yet, one of another process has no job here. */
export interface SteeringTarget {
  readonly job?: TrainingJob;
  readonly runFolder?: string;
}

function isNode(target: unknown): target is Exclude<TreeNode, ProblemNode> {
  return (
    target instanceof ExperimentNode ||
    target instanceof WaitingNode ||
    target instanceof RunNode ||
    target instanceof CheckpointNode
  );
}

/** Absolute path of the experiment file, if the command was called on one. */
export function experimentOf(target: unknown): string | undefined {
  if (target instanceof ExperimentNode) return target.file.fsPath;
  return target instanceof Uri ? target.fsPath : undefined;
}

/** The file or folder that a row stands for. */
export function uriOf(target: unknown): Uri | undefined {
  if (target instanceof Uri) return target;
  if (target instanceof DatasetNode) return target.place;
  if (!isNode(target) || target instanceof WaitingNode) return undefined;
  return target instanceof RunNode ? Uri.file(target.runFolder) : target.file;
}

function targetOf({ training }: Host, runFolder: string): SteeringTarget {
  const job = training.jobOfRun(runFolder);
  return { runFolder, ...(job === undefined ? {} : { job }) };
}

/** The run that a command was called on: by its row, by its job, or by the path of its folder. */
export function steeringTargetOf(host: Host, target: unknown): SteeringTarget | undefined {
  if (target instanceof WaitingNode) return { job: target.job };
  if (target instanceof RunNode || target instanceof CheckpointNode) return targetOf(host, target.runFolder);
  if (isJobReference(target)) return jobTarget(host, target);
  return typeof target === 'string' ? targetOf(host, target) : undefined;
}

/** Names nothing where the job has ended since the link was drawn. */
function jobTarget({ training }: Host, { jobId }: JobReference): SteeringTarget {
  const job = training.jobs.find(({ id }) => id === jobId);
  if (job === undefined) return {};
  return { job, ...(job.runFolder === undefined ? {} : { runFolder: job.runFolder }) };
}

/**
 * All that a command was called on: the selected rows, where VS Code says that the one it was called on is among them, or
 * that one alone.
 */
export function targetsOf(target: unknown, selected: unknown): readonly unknown[] {
  return Array.isArray(selected) && selected.length > 0 ? selected : [target];
}

interface Question {
  readonly title: string;
  readonly none: string;
  /** `run` is left out for what has no folder yet. */
  isOffered(state: ShownState, run?: CataloguedRun): boolean;
}

function stateOf({ runs }: Host, { job, runFolder }: SteeringTarget): ShownState | undefined {
  const listed = runs.runs.find(({ run }) => run.folder === runFolder);
  return listed === undefined ? job?.state : shownState(listed, job);
}

/** Of several runs that a command was called on, those in these states; where it was called on none, the person is asked. */
export async function steeringTargetsFor(
  host: Host,
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

/** Asks for one of the runs in these states; takes it where there is one alone; says so where there is none. */
export async function pickRun(host: Host, question: Question): Promise<SteeringTarget | undefined> {
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
