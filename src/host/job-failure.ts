/** Shows why training failed, with immediate remedies. */
import { readFile } from 'node:fs/promises';
import { commands, Location, l10n, Position, Range, Uri, window, workspace } from 'vscode';
import { describeError } from '../shared/errors';
import type { TrainingFailure } from '../shared/worker-protocol';
import { ensureFetched } from './datasets/fetch-data';
import type { Host } from './host';
import { failureTexts } from './localized-texts';
import { offer, showFailure } from './offer';
import { COMMANDS } from './registry';
import type { TrainingJob } from './training/training-job';

type Actions = Readonly<Record<string, () => Promise<void>>>;

/** The parts of the host that are needed. */
type FailureHost = Pick<Host, 'extensionUri' | 'experimentService' | 'log' | 'training'> & {
  readonly runs: Pick<Host['runs'], 'rediscover'>;
};

export async function showJobFailure(host: FailureHost, job: TrainingJob): Promise<void> {
  const { failure, runFolder } = job;
  if (failure === undefined) return;
  const { deletedRun } = failure;
  if (deletedRun !== undefined) await host.runs.rediscover();
  const blamed = await placeToBlame(host, job, failure);
  const actions: Actions = {
    ...fetchAction(host, job, failure),
    ...(blamed === undefined ? {} : { [l10n.t('Open Experiment')]: () => openAt(blamed) }),
    ...(deletedRun === undefined ? {} : restartAction(host, job, deletedRun)),
    ...(runFolder === undefined || deletedRun !== undefined ? {} : runActions(runFolder, failure)),
    [l10n.t('Show Log')]: async () => host.log.show(),
  };
  offer(window.showErrorMessage(failureTexts(failure).join(' '), ...Object.keys(actions)), actions);
}

/** A run that became NaN does so again when resumed; its dashboard has the findings and their changes. */
function runActions(runFolder: string, { tensor }: TrainingFailure): Actions {
  const [title, command] =
    tensor === undefined
      ? [l10n.t('Resume'), COMMANDS.resumeTraining]
      : [l10n.t('Open Dashboard'), COMMANDS.openDashboard];
  return { [title]: async () => void (await commands.executeCommand(command, runFolder)) };
}

function restartAction(
  { training }: FailureHost,
  { request }: TrainingJob,
  { experimentFile }: NonNullable<TrainingFailure['deletedRun']>,
): Actions {
  if (experimentFile === undefined) return {};
  const again = request.type === 'start' ? request : ({ type: 'start', experimentFile } as const);
  return { [l10n.t('Train Again')]: async () => void training.add(again) };
}

function fetchAction(host: FailureHost, { request }: TrainingJob, { missingData }: TrainingFailure): Actions {
  if (missingData === undefined) return {};
  const fetchAndStart = async (): Promise<void> => {
    try {
      if (await ensureFetched(host, missingData)) host.training.add(request);
    } catch (error) {
      showFailure(host, error);
    }
  };
  return { [l10n.t('Fetch and Start')]: fetchAndStart };
}

/**
 * Location of the mistake in the experiment: from the failure itself, or from checking the text, for instance for a
 * missing folder.
 */
async function placeToBlame(
  { experimentService, log }: FailureHost,
  { request }: TrainingJob,
  { place, missingData, deletedRun }: TrainingFailure,
): Promise<Location | undefined> {
  if (place !== undefined) {
    const start = new Position(place.line - 1, place.column - 1);
    return new Location(Uri.file(place.file), start);
  }
  if (request.type !== 'start' || missingData !== undefined || deletedRun !== undefined) return undefined;
  try {
    const { experimentFile } = request;
    const text = await readFile(experimentFile, 'utf8');
    const [problem] = await experimentService().findProblems(text, experimentFile, workspace.isTrusted);
    if (problem === undefined) return undefined;
    const uri = Uri.file(experimentFile);
    const document = await workspace.openTextDocument(uri);
    const [start, end] = [problem.startOffset, problem.endOffset].map((offset) =>
      document.positionAt(offset),
    );
    return start === undefined || end === undefined ? undefined : new Location(uri, new Range(start, end));
  } catch (error) {
    log.debug(`No place to blame was found: ${describeError(error)}`);
    return undefined;
  }
}

async function openAt({ uri, range }: Location): Promise<void> {
  await window.showTextDocument(uri, { selection: range, preview: false });
}
