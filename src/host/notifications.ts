/**
 * Notifies the user when a run has ended or failed, with the actions available then, and when a run does not continue
 * from the requested checkpoint. Nothing pops up during training.
 */
import { commands, l10n, window } from 'vscode';
import type { ScoreLook } from '../runs/score-reader';
import { describeError } from '../shared/errors';
import type { RunFailure } from '../shared/run-format';
import { isEndOnDashboard } from './end-on-dashboard';
import { endText } from './end-text';
import type { Host } from './host';
import { showJobFailure } from './job-failure';
import { offer, showFailure } from './offer';
import { COMMANDS } from './registry';
import type { TrainingJob } from './training/training-job';

/** `isSeen` returns whether the user is looking at the dashboard of a run. */
export function notifyOfEnds(host: Host, isSeen: (runFolder: string) => boolean): void {
  host.training.events.on('ended', (job) => {
    tellOfEnd(host, job, isSeen).catch((error) => showFailure(host, error));
  });
}

async function tellOfEnd(
  host: Host,
  job: TrainingJob,
  isSeen: (runFolder: string) => boolean,
): Promise<void> {
  const { runFolder } = job;
  if (runFolder !== undefined && isSeen(runFolder) && isEndOnDashboard(job, await failureIn(job))) return;
  if (job.state === 'failed') await showJobFailure(host, job);
  if (job.state !== 'completed' || runFolder === undefined) return;
  const show = async (): Promise<void> => {
    await commands.executeCommand(COMMANDS.openDashboard, runFolder);
  };
  const actions = { [l10n.t('Show')]: show };
  const { text, isWarning } = endText(runFolder, job.endStep ?? 0, await lookAt(host, runFolder));
  const showMessage = isWarning ? window.showWarningMessage : window.showInformationMessage;
  offer(showMessage(text, ...Object.keys(actions)), actions);
}

/** Reads the scores and findings of a run that has just ended; empty if they cannot be read. */
async function lookAt({ log }: Host, runFolder: string): Promise<ScoreLook> {
  const { ScoreReader } = await import('../runs/score-reader');
  const reader = new ScoreReader(runFolder);
  try {
    let look = await reader.look();
    while (reader.hasMore) look = await reader.look();
    return look;
  } catch (error) {
    log.warn(describeError(error));
    return {};
  }
}

/** Reads from the run folder why training failed; undefined if it cannot be read. */
async function failureIn({ state, runFolder }: TrainingJob): Promise<RunFailure | undefined> {
  if (state !== 'failed' || runFolder === undefined) return undefined;
  const { readRunRecord } = await import('../run-folder/run-record');
  try {
    return (await readRunRecord(runFolder)).failure;
  } catch {
    // Treated as if no failure were recorded; the tree shows what is wrong with the folder.
    return undefined;
  }
}

/** A checkpoint that does not fit the change is no error, but the user who chose it must know that it was not used. */
export function notifyOfNewBeginnings(host: Host): void {
  host.training.events.on('opened', (job, runFolder) => {
    const { request } = job;
    if (request.type === 'fork' && request.fromStep > 0)
      sayIfAnew(host, runFolder, job.title, request.fromStep).catch((error) => showFailure(host, error));
  });
}

async function sayIfAnew({ log }: Host, runFolder: string, title: string, askedStep: number): Promise<void> {
  const { readRunRecord } = await import('../run-folder/run-record');
  const { parent } = await readRunRecord(runFolder);
  if (parent?.step !== 0) return;
  const actions = { [l10n.t('Show Log')]: async () => log.show() };
  const text = l10n.t(
    '{0} starts over from step 0: the checkpoint of step {1} does not fit the changes.',
    title,
    askedStep,
  );
  offer(window.showInformationMessage(text, ...Object.keys(actions)), actions);
}
