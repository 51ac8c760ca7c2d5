/** How sweeps, their trials and their Slurm tasks look in the tree. */
import { basename } from 'node:path';
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ConfigValue } from '../../shared/run-format';
import { SCORE_KINDS } from '../../shared/scores';
import type { ShownTrial, ShownTrialStatus, SweepActivity, SweepView } from '../../shared/sweep-protocol';
import { KEEP_FOCUS } from '../dashboard/show-dashboard';
import { problemText } from '../localized-texts';
import { ageText, countText } from '../quantities';
import { COMMANDS } from '../registry';
import { scoreTitle } from '../score-texts';
import { placeText } from '../slurm/batch-job-item';
import type { SlurmTasksNode, TrialGroupNode, TrialNode } from './nodes';
import { type ShownState, stateIcon, stateName } from './run-state';
import { trialsWith } from './sweep-children';
import { queueText } from './sweep-queue';
import type { KnownSweep } from './sweeps-model';

function activityText(activity: SweepActivity): string {
  switch (activity) {
    case 'running':
      return l10n.t('running');
    case 'done':
      return l10n.t('completed');
    case 'budget':
      return l10n.t('budget spent');
    case 'stopped':
      return l10n.t('stopped');
    case 'idle':
      return l10n.t('not running');
  }
}

/** Whether Slurm trains it, or will. */
function isSubmitted({ view, queue }: KnownSweep): boolean {
  return view?.activity === 'idle' && queue.tasks.length > 0;
}

function sweepIcon(sweep: KnownSweep): ThemeIcon {
  const { view, problem } = sweep;
  if (problem !== undefined) return stateIcon('damaged');
  if (isSubmitted(sweep)) return new ThemeIcon('graph-scatter');
  switch (view?.activity) {
    case 'running':
      return new ThemeIcon('graph-scatter', new ThemeColor('charts.blue'));
    case 'done':
    case 'budget':
      return new ThemeIcon('graph-scatter', new ThemeColor('charts.green'));
    case 'idle':
      return new ThemeIcon('graph-scatter', new ThemeColor('charts.yellow'));
    default:
      return new ThemeIcon('graph-scatter');
  }
}

/** Part of `contextValue`, matched by the menus in `registry.ts`. */
function sweepWord(sweep: KnownSweep): 'running' | 'resumable' | 'ended' {
  if (isSubmitted(sweep)) return 'running';
  switch (sweep.view?.activity) {
    case 'running':
      return 'running';
    case 'stopped':
    case 'idle':
      return 'resumable';
    default:
      return 'ended';
  }
}

/** Trials look like runs in the same state. */
function shownState(status: Exclude<ShownTrialStatus, 'pruned'>): ShownState {
  return status === 'waiting' ? 'queued' : status;
}

function trialStatusText(status: ShownTrialStatus): string {
  return status === 'pruned' ? l10n.t('pruned') : stateName(shownState(status));
}

function trialIcon(status: ShownTrialStatus): ThemeIcon {
  return status === 'pruned' ? new ThemeIcon('circle-slash') : stateIcon(shownState(status));
}

const DIGITS = 3;

function objectiveText({ objective }: SweepView, value: number): string {
  const kind = SCORE_KINDS.find(({ name }) => name === objective.name);
  const title = kind === undefined ? objective.name : scoreTitle(kind);
  return `${title} ${Number(value.toPrecision(DIGITS))}`;
}

function valueText(value: ConfigValue): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(DIGITS)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `lr 0.004, batchSize 32`; with whole keys in a tooltip. */
function valuesTexts({ parameters }: SweepView, { values }: ShownTrial, hasWholeKeys: boolean): string[] {
  return values.flatMap((value, index) => {
    const key = parameters[index]?.key ?? '';
    return `${hasWholeKeys ? key : (key.split('.').at(-1) ?? key)} ${valueText(value)}`;
  });
}

/** Its mean once it has ended, or what its first run would count now. */
function trialValue(view: SweepView, { value, curve }: ShownTrial): string[] {
  const newest = curve.at(-1);
  if (value !== undefined) return [objectiveText(view, value)];
  if (newest === undefined) return [];
  return [l10n.t('{0} at step {1}', objectiveText(view, newest.value), countText(newest.step))];
}

function placeTexts({ slurm }: ShownTrial): string[] {
  return slurm === undefined ? [] : [placeText(slurm)];
}

export function sweepItem(sweep: KnownSweep): TreeItem {
  const { listed, view, problem } = sweep;
  const item = new TreeItem(basename(listed.folder), TreeItemCollapsibleState.Collapsed);
  item.id = listed.folder;
  item.iconPath = sweepIcon(sweep);
  item.contextValue = `sweep.${sweepWord(sweep)}`;
  item.command = { command: COMMANDS.openSweep, title: l10n.t('Open Sweep'), arguments: [listed.folder] };
  const facts =
    view === undefined ? [l10n.t('Trials: {0}', countText(listed.trials))] : sweepFacts(sweep, view);
  item.description = [...(problem === undefined ? [] : [l10n.t('damaged')]), ...facts].join(' · ');
  item.accessibilityInformation = { label: [item.label, l10n.t('sweep'), ...facts].join(', ') };
  item.tooltip = [
    ...(problem === undefined ? [] : [problem]),
    ...(sweep.queue.problem === undefined ? [] : [problemText(sweep.queue.problem)]),
    listed.folder,
  ].join('\n');
  return item;
}

function sweepFacts(sweep: KnownSweep, view: SweepView): string[] {
  const ended = view.trials.filter(({ status }) => ['completed', 'pruned', 'failed'].includes(status)).length;
  const best = trialsWith(view, 'completed')[0];
  const isKnown = view.activity === 'done' || isSubmitted(sweep);
  const queued = queueText(sweep.queue);
  return [
    ...(isKnown ? [] : [activityText(view.activity)]),
    ...(queued === undefined ? [] : [queued]),
    l10n.t('{0} of {1} trials', countText(ended), countText(view.trials.length)),
    ...(best?.value === undefined ? [] : [l10n.t('best {0}', objectiveText(view, best.value))]),
    ageText(sweep.listed.createdAt, Date.now()),
  ];
}

export function trialItem({ view, trial }: TrialNode): TreeItem {
  const hasRuns = trial.runs.length > 0;
  const item = new TreeItem(
    l10n.t('Trial {0}', trial.trial),
    hasRuns ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.id = `${view.folder}#${trial.trial}${hasRuns ? '' : ' without runs'}`;
  item.iconPath = trialIcon(trial.status);
  item.contextValue = 'trial';
  const [first] = trial.runs;
  if (first !== undefined)
    item.command = {
      command: COMMANDS.openDashboard,
      title: l10n.t('Open Dashboard'),
      arguments: [first.folder, KEEP_FOCUS],
    };
  const facts = [
    ...(trial.status === 'running' ? placeTexts(trial) : []),
    ...(trial.status === 'completed' || trial.status === 'running' ? [] : [trialStatusText(trial.status)]),
    ...trialValue(view, trial),
  ];
  item.description = [...facts, ...valuesTexts(view, trial, false)].join(' · ');
  item.accessibilityInformation = {
    label: [item.label, trialStatusText(trial.status), ...trialValue(view, trial), ...placeTexts(trial)].join(
      ', ',
    ),
  };
  item.tooltip = [
    `${item.label}: ${trialStatusText(trial.status)}`,
    ...(trial.reason === undefined ? [] : [trial.reason]),
    ...trialValue(view, trial),
    ...valuesTexts(view, trial, true),
    ...placeTexts(trial),
  ].join('\n');
  return item;
}

/** Trials that wait cannot be expanded: their values are not decided. */
export function trialGroupItem({ view, status, count }: TrialGroupNode): TreeItem {
  const item = new TreeItem(
    l10n.t('Trials: {0}', countText(count)),
    status === 'waiting' ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
  );
  item.id = `${view.folder} ${status}`;
  item.iconPath = trialIcon(status);
  item.description = trialStatusText(status);
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  return item;
}

export function slurmTasksItem({ sweepFolder, tasks }: SlurmTasksNode): TreeItem {
  const { job, state, reason, count } = tasks;
  const item = new TreeItem(l10n.t('Slurm job {0}', String(job)));
  item.id = `${sweepFolder} ${job} ${state} ${reason}`;
  item.iconPath = stateIcon('queued');
  item.description = l10n.t('{0}: {1} ({2})', state.toLowerCase(), countText(count), reason);
  item.tooltip = item.description;
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  return item;
}
