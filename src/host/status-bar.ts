/** One item in the status bar while something is trained: how far it is and how fast; a click opens the dashboard. */
import { type Disposable, l10n, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import { COMMANDS } from '../shared/contributions';
import { phaseTitle } from './evaluation-texts';
import { stateName } from './experiments/run-state';
import type { TrainingJob } from './training/training-job';
import type { TrainingManager } from './training/training-manager';

const PRIORITY = 50;

function show(item: StatusBarItem, jobs: readonly TrainingJob[]): void {
  const job = jobs.find(({ state }) => state !== 'queued') ?? jobs[0];
  if (job === undefined) {
    item.hide();
    return;
  }
  const { progress, importing, scoring, state, title, runFolder } = job;
  const icon = state === 'paused' ? '$(debug-pause)' : '$(sync~spin)';
  const isMoving = state === 'running' && progress !== undefined;
  const what =
    scoring !== undefined
      ? `${phaseTitle(scoring.phase)} ${scoring.done}/${scoring.total}`
      : isMoving
        ? l10n.t(
            'step {0}/{1} · {2} images/s',
            progress.step,
            progress.totalSteps,
            Math.round(progress.imagesPerSecond).toLocaleString(),
          )
        : importing !== undefined && state === 'starting'
          ? l10n.t('importing {0}/{1} images', importing.done, importing.total)
          : `${title}: ${stateName(state)}`;
  const others = jobs.length - 1;
  item.text = `${icon} GAN: ${what}${others === 0 ? '' : ` (+${others})`}`;
  item.tooltip = jobs.map((each) => `${each.title}: ${stateName(each.state)}`).join('\n');
  item.command =
    runFolder === undefined
      ? COMMANDS.showLog
      : { command: COMMANDS.openDashboard, title: l10n.t('Open Dashboard'), arguments: [runFolder] };
  item.show();
}

export function createStatusBarItem(training: TrainingManager): Disposable {
  const item = window.createStatusBarItem('gan.training', StatusBarAlignment.Left, PRIORITY);
  item.name = l10n.t('GAN Training');
  training.events.on('changed', () => show(item, training.jobs));
  return item;
}
