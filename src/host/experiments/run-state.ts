/** How a run stands for somebody who looks at it: what its folder says, and what its worker said since. */
import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { hasLatents, type RunRecord, type RunStatus } from '../../shared/run-format';
import { translated } from '../localized-texts';
import type { JobState, TrainingJob } from '../training/training-job';

export type ShownState = RunStatus | JobState | 'damaged';

/** The state of a run that is trained in this window is what its worker says: the folder may lag behind. */
export function shownState({ run }: CataloguedRun, job: TrainingJob | undefined): ShownState {
  if (job !== undefined) return job.state;
  return 'status' in run ? run.status : 'damaged';
}

/** Whether there is a generator of the run with latents to explore, as far as its record says. */
export function canExplore({ run }: CataloguedRun): boolean {
  return 'record' in run && hasLatents(run.record);
}

/** A word that `when` clauses of package.json know, as part of `contextValue`. */
export function steerability(state: ShownState): 'queued' | 'live' | 'paused' | 'resumable' | 'ended' {
  switch (state) {
    case 'queued':
    case 'held':
      return 'queued';
    case 'created':
    case 'starting':
    case 'running':
      return 'live';
    case 'paused':
      return 'paused';
    case 'stopped':
    case 'failed':
    case 'interrupted':
      return 'resumable';
    case 'completed':
    case 'stopping':
    case 'damaged':
      return 'ended';
  }
}

export function stateIcon(state: ShownState): ThemeIcon {
  switch (state) {
    case 'queued':
      return new ThemeIcon('clock');
    case 'held':
      return new ThemeIcon('clock', new ThemeColor('charts.yellow'));
    case 'created':
    case 'starting':
    case 'stopping':
      return new ThemeIcon('loading~spin');
    case 'running':
      return new ThemeIcon('sync~spin', new ThemeColor('charts.blue'));
    case 'paused':
      return new ThemeIcon('debug-pause', new ThemeColor('charts.blue'));
    case 'stopped':
      return new ThemeIcon('debug-stop', new ThemeColor('icon.foreground'));
    case 'completed':
      return new ThemeIcon('pass', new ThemeColor('charts.green'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('errorForeground'));
    case 'interrupted':
      return new ThemeIcon('debug-disconnect', new ThemeColor('charts.yellow'));
    case 'damaged':
      return new ThemeIcon('warning', new ThemeColor('charts.yellow'));
  }
}

export function stateName(state: ShownState): string {
  switch (state) {
    case 'queued':
      return l10n.t('waiting');
    case 'held':
      return l10n.t('on hold');
    case 'created':
    case 'starting':
      return l10n.t('starting');
    case 'stopping':
      return l10n.t('stopping');
    case 'running':
      return l10n.t('running');
    case 'paused':
      return l10n.t('paused');
    case 'stopped':
      return l10n.t('stopped');
    case 'completed':
      return l10n.t('completed');
    case 'failed':
      return l10n.t('failed');
    case 'interrupted':
      return l10n.t('interrupted');
    case 'damaged':
      return l10n.t('damaged');
  }
}

/** Why a run is on hold, and what to do. */
export function heldText(): string {
  return l10n.t('The window was reloaded or closed before this run could start. Use Start Now or Cancel.');
}

/** Who stopped a run, unless it was a person here, who knows. */
export function stopText({ status, stoppedBy }: RunRecord): string | undefined {
  if (status !== 'stopped') return undefined;
  switch (stoppedBy) {
    case 'shutdown':
      return l10n.t('window reloaded or closed');
    case 'signal':
      return l10n.t('ended by a signal');
    default:
      return undefined;
  }
}

/** The same in a row of the tree, which a narrow view cuts off. */
export function shortStopText({ status, stoppedBy }: RunRecord): string | undefined {
  if (status !== 'stopped') return undefined;
  switch (stoppedBy) {
    case 'shutdown':
      return l10n.t('window closed');
    case 'signal':
      return l10n.t('signal');
    default:
      return undefined;
  }
}

/** Why a run has ended before its length was reached, by itself; undefined where it has not. */
export function endingText({ ending }: RunRecord): string | undefined {
  switch (ending?.kind) {
    case 'patience':
      return l10n.t('Ended early: the scores stopped improving.');
    case 'indistinguishable':
      return l10n.t('Ended early: generated and real examples can no longer be distinguished.');
    default:
      return undefined;
  }
}

/** The figures behind `endingText`; undefined where there are none. */
export function endingReason({ ending }: RunRecord): string | undefined {
  return ending?.reason === undefined ? undefined : translated(ending.said, ending.reason);
}
