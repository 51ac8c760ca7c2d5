/**
 * A single status bar item: during training its progress and remaining time, after a reload the runs that the reload
 * stopped. Its tooltip has the details and links that control the runs; a click opens the dashboard.
 */
import { basename } from 'node:path';
import {
  type Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  window,
} from 'vscode';
import { VIEWS } from '../shared/contributions';
import { type CommandLink, linksMarkdown, trustOnly } from './command-links';
import type { JobReference } from './commands/job-reference';
import { phaseTitle } from './evaluation-texts';
import { stateName, steerability } from './experiments/run-state';
import { countText, durationText } from './quantities';
import { COMMANDS } from './registry';
import { showStopped, stoppedTooltip } from './stopped-runs';
import type { LastSession, StoppedRun } from './training/last-session';
import type { TrainingJob } from './training/training-job';
import type { TrainingManager } from './training/training-manager';

const PRIORITY = 50;
/** Progress arrives ten times a second, faster than anyone can read, and links must stay still to be clicked. */
const INTERVAL_MS = 500;

type ShownJob = Pick<
  TrainingJob,
  'id' | 'progress' | 'importing' | 'scoring' | 'state' | 'title' | 'runFolder' | 'request'
>;

function percentText({ progress }: ShownJob): string | undefined {
  if (progress === undefined || progress.totalSteps === 0) return undefined;
  // Rounded down, so that 100% means the last step.
  return `${Math.floor((100 * progress.step) / progress.totalSteps)}%`;
}

function leftText({ progress }: ShownJob): string | undefined {
  return progress === undefined ? undefined : l10n.t('{0} left', durationText(progress.etaSeconds));
}

/** Text of the item for a job: `42% · 3 min left`. */
function jobText(job: ShownJob): string {
  const { importing, scoring, state, title } = job;
  const percent = percentText(job);
  if (scoring !== undefined)
    return `${phaseTitle(scoring.phase)} ${countText(scoring.done)}/${countText(scoring.total)}`;
  if (importing !== undefined && state === 'starting')
    return l10n.t('Importing image {0} of {1}', countText(importing.done), countText(importing.total));
  if (percent === undefined) return `${title}: ${stateName(state)}`;
  return [percent, state === 'running' ? leftText(job) : stateName(state)].join(' · ');
}

function experimentOf({ request }: ShownJob): string {
  if (request.type === 'start') return basename(request.experimentFile).replace(/\.gan\.json$/i, '');
  return basename(request.runFolder).replace(/^\d+-/, '');
}

function factsOf(job: ShownJob): string[] {
  const { progress, state } = job;
  if (progress === undefined) return [jobText(job)];
  const speed = l10n.t('{0} examples/s', countText(progress.imagesPerSecond));
  return [
    `${l10n.t('Step {0} of {1}', countText(progress.step), countText(progress.totalSteps))} (${percentText(job)})`,
    ...(state === 'running' ? [`${speed} · ${leftText(job)}`] : [stateName(state)]),
    ...(job.scoring === undefined ? [] : [jobText(job)]),
  ];
}

/** Uses the titles of the menu entries. */
function linksOf({ id, state, runFolder }: ShownJob): readonly CommandLink[] {
  const can = steerability(state);
  const job: JobReference = { jobId: id };
  if (can === 'queued')
    return [
      { title: l10n.t('Start Now'), command: COMMANDS.startNow, argument: job },
      { title: l10n.t('Cancel'), command: COMMANDS.cancelWaiting, argument: job },
    ];
  if (runFolder === undefined) return [];
  const link = (title: string, command: string): CommandLink => ({ title, command, argument: runFolder });
  return [
    link(l10n.t('Open Dashboard'), COMMANDS.openDashboard),
    ...(can === 'live' ? [link(l10n.t('Pause'), COMMANDS.pauseTraining)] : []),
    ...(can === 'paused' ? [link(l10n.t('Resume'), COMMANDS.resumeTraining)] : []),
    ...(can === 'live' || can === 'paused' ? [link(l10n.t('Stop'), COMMANDS.stopTraining)] : []),
  ];
}

/** @param others queued or trained at the same time */
function tooltipOf(job: ShownJob, others: readonly ShownJob[]): MarkdownString {
  const tooltip = new MarkdownString();
  const { runFolder } = job;
  trustOnly(tooltip, [job, ...others].flatMap(linksOf));
  tooltip.appendMarkdown('**').appendText(experimentOf(job)).appendMarkdown('**');
  if (runFolder !== undefined) tooltip.appendText(` · ${basename(runFolder)}`);
  for (const fact of factsOf(job)) tooltip.appendMarkdown('\n\n').appendText(fact);
  const links = linksOf(job);
  if (links.length > 0) tooltip.appendMarkdown(`\n\n${linksMarkdown(links)}`);
  if (others.length > 0) tooltip.appendMarkdown('\n\n---');
  appendJobs(tooltip, others);
  return tooltip;
}

/** Appends a line for each job, with its actions. */
function appendJobs(tooltip: MarkdownString, jobs: readonly ShownJob[]): void {
  for (const job of jobs) {
    tooltip.appendMarkdown('\n\n').appendText(`${job.title}: ${stateName(job.state)}`);
    const links = linksOf(job);
    if (links.length > 0) tooltip.appendMarkdown(` · ${linksMarkdown(links)}`);
  }
}

function show(item: StatusBarItem, jobs: readonly TrainingJob[], stopped: readonly StoppedRun[]): void {
  const job = jobs.find(({ isWaiting }) => !isWaiting) ?? jobs[0];
  const [first] = stopped;
  if (first !== undefined && (job === undefined || job.state === 'held')) {
    const tooltip = stoppedTooltip(stopped, jobs.flatMap(linksOf));
    appendJobs(tooltip, jobs);
    showStopped(item, first, stopped, tooltip);
  } else if (job !== undefined) showJob(item, job, jobs);
  else item.hide();
}

function iconOf({ state, isWaiting }: TrainingJob): string {
  if (isWaiting) return '$(clock)';
  return state === 'paused' ? '$(debug-pause)' : '$(sync~spin)';
}

/** A queued run appears only as a row of the tree. */
function clickOn({ runFolder, isWaiting }: TrainingJob): StatusBarItem['command'] {
  if (isWaiting) return `${VIEWS.experiments}.focus`;
  if (runFolder === undefined) return COMMANDS.showLog;
  return { command: COMMANDS.openDashboard, title: l10n.t('Open Dashboard'), arguments: [runFolder] };
}

function showJob(item: StatusBarItem, job: TrainingJob, jobs: readonly TrainingJob[]): void {
  item.backgroundColor = undefined;
  const others = jobs.filter((each) => each !== job);
  const more = others.length === 0 ? '' : ` (+${others.length})`;
  const text = jobText(job);
  item.text = `${iconOf(job)} GAN: ${text}${more}`;
  item.accessibilityInformation = { label: l10n.t('GAN training, {0}: {1}', job.title, text) };
  item.tooltip = tooltipOf(job, others);
  item.command = clickOn(job);
  item.show();
}

export function createStatusBarItem(
  training: TrainingManager,
  lastSession: Pick<LastSession, 'stopped' | 'events'>,
): Disposable {
  const item = window.createStatusBarItem('gan.training', StatusBarAlignment.Left, PRIORITY);
  item.name = l10n.t('GAN Training');
  let timer: NodeJS.Timeout | undefined;
  const showSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      show(item, training.jobs, lastSession.stopped);
    }, INTERVAL_MS);
  };
  training.events.on('changed', showSoon);
  lastSession.events.on('changed', showSoon);
  return {
    dispose: () => {
      clearTimeout(timer);
      item.dispose();
    },
  };
}
