/**
 * Says when a run has ended or failed, and what can be done then, and when one does not go on from where it was asked to;
 * while it trains, nothing pops up.
 */
import { commands, l10n, Position, Range, Uri, window } from 'vscode';
import { COMMANDS } from '../shared/contributions';
import { describeError, WorkbenchError } from '../shared/errors';
import type { RunFailure } from '../shared/run-format';
import { isToldByDashboard } from './end-told';
import type { Host } from './host';
import { failureTexts } from './said-texts';
import type { TrainingJob } from './training/training-job';

/** Shows a message with buttons; the chosen one is done. Nobody waits for the person. */
function offer(
  show: Thenable<string | undefined>,
  actions: Readonly<Record<string, () => Thenable<unknown>>>,
): void {
  void show.then((answer) => (answer === undefined ? undefined : actions[answer]?.()));
}

/** For what a command threw. */
export function showFailure({ log }: Host, error: unknown): void {
  const text = describeError(error);
  log.error(error instanceof Error ? (error.stack ?? text) : text);
  const actions = { [l10n.t('Show Log')]: async () => log.show() };
  const remedy = error instanceof WorkbenchError ? ` ${error.remedy}` : '';
  offer(window.showErrorMessage(`${text}${remedy}`, ...Object.keys(actions)), actions);
}

function showJobFailure({ log }: Host, job: TrainingJob): void {
  const { failure, runFolder } = job;
  if (failure === undefined) return;
  const { place } = failure;
  const openPlace = async (): Promise<void> => {
    if (place === undefined) return;
    const position = new Position(place.line - 1, place.column - 1);
    await window.showTextDocument(Uri.file(place.file), { selection: new Range(position, position) });
  };
  const resume = async (): Promise<void> => {
    await commands.executeCommand(COMMANDS.resumeTraining, runFolder);
  };
  const { missingData } = failure;
  const fetchData = async (): Promise<void> => {
    await commands.executeCommand(COMMANDS.fetchData, missingData);
  };
  const actions = {
    ...(missingData === undefined ? {} : { [l10n.t('Fetch Data…')]: fetchData }),
    ...(place === undefined ? {} : { [l10n.t('Go to Problem')]: openPlace }),
    ...(runFolder === undefined ? {} : { [l10n.t('Resume')]: resume }),
    [l10n.t('Show Log')]: async () => log.show(),
  };
  offer(window.showErrorMessage(failureTexts(failure).join(' '), ...Object.keys(actions)), actions);
}

/** `isSeen` tells whether the person is looking at the dashboard of a run. */
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
  if (runFolder !== undefined && isSeen(runFolder) && isToldByDashboard(job, await failureIn(job))) return;
  if (job.state === 'failed') showJobFailure(host, job);
  if (job.state !== 'completed' || runFolder === undefined) return;
  const openDashboard = async (): Promise<void> => {
    await commands.executeCommand(COMMANDS.openDashboard, runFolder);
  };
  const actions = { [l10n.t('Open Dashboard')]: openDashboard };
  const text = l10n.t('{0} is trained: {1} steps.', job.title, job.endStep ?? 0);
  offer(window.showInformationMessage(text, ...Object.keys(actions)), actions);
}

/** What the run folder says of why a training failed; nothing where it cannot be read. */
async function failureIn({ state, runFolder }: TrainingJob): Promise<RunFailure | undefined> {
  if (state !== 'failed' || runFolder === undefined) return undefined;
  const { readRunRecord } = await import('../training/run-folder/run-record');
  try {
    return (await readRunRecord(runFolder)).failure;
  } catch {
    // The person is then told as if nothing stood there, and the tree says what is wrong with the folder.
    return undefined;
  }
}

/** A checkpoint that does not fit what was changed is no error, but who chose it must know that it was not used. */
export function notifyOfNewBeginnings(host: Host): void {
  host.training.events.on('opened', (job, runFolder) => {
    const { request } = job;
    if (request.type === 'fork' && request.fromStep > 0)
      sayIfAnew(host, runFolder, job.title, request.fromStep).catch((error) => showFailure(host, error));
  });
}

async function sayIfAnew({ log }: Host, runFolder: string, title: string, askedStep: number): Promise<void> {
  const { readRunRecord } = await import('../training/run-folder/run-record');
  const { parent } = await readRunRecord(runFolder);
  if (parent?.step !== 0) return;
  const actions = { [l10n.t('Show Log')]: async () => log.show() };
  const text = l10n.t(
    '{0} begins anew from step 0: the checkpoint of step {1} does not fit what was changed.',
    title,
    askedStep,
  );
  offer(window.showInformationMessage(text, ...Object.keys(actions)), actions);
}
