/** The state of a run as shown to the user: from its folder, and from newer messages of its worker. */
import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { hasLatents, type RunRecord, type RunStatus, translatesImages } from '../../shared/run-format';
import { translated } from '../localized-texts';
import type { JobState, TrainingJob } from '../training/training-job';

export type ShownState = RunStatus | JobState | 'damaged';

/** For a run trained in this window, the worker's state wins: the folder may lag behind. */
export function shownState({ run }: CataloguedRun, job: TrainingJob | undefined): ShownState {
  if (job !== undefined) return job.state;
  return 'status' in run ? run.status : 'damaged';
}

/** Whether the run has a generator with latents to explore, according to its record. */
export function canExplore({ run }: CataloguedRun): boolean {
  return 'record' in run && hasLatents(run.record);
}

/** Whether the run has a generator that starts from images, according to its record. */
export function canApply({ run }: CataloguedRun): boolean {
  return 'record' in run && translatesImages(run.record);
}

/** Part of `contextValue`, matched by the menus in `registry.ts`. */
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

/** The reason why a run is on hold, and the remedy. */
export function heldText(): string {
  return l10n.t('The window was reloaded or closed before this run could start. Use Start Now or Cancel.');
}

/** The reason why a run was stopped, unless the user stopped it here and knows. */
export function stopText({ status, stoppedBy }: RunRecord): string | undefined {
  if (status !== 'stopped') return undefined;
  switch (stoppedBy) {
    case 'shutdown':
      return l10n.t('window reloaded or closed');
    case 'signal':
      return l10n.t('ended by a signal');
    case 'pruned':
      return l10n.t('pruned by its sweep');
    default:
      return undefined;
  }
}

/** Short form for a row of the tree, which a narrow view truncates. */
export function shortStopText({ status, stoppedBy }: RunRecord): string | undefined {
  if (status !== 'stopped') return undefined;
  switch (stoppedBy) {
    case 'shutdown':
      return l10n.t('window closed');
    case 'signal':
      return l10n.t('signal');
    case 'pruned':
      return l10n.t('pruned');
    default:
      return undefined;
  }
}

/** The reason why a run ended by itself before its full length; undefined if it did not. */
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

/** The numbers behind `endingText`; undefined if there are none. */
export function endingReason({ ending }: RunRecord): string | undefined {
  return ending?.reason === undefined ? undefined : translated(ending.said, ending.reason);
}
