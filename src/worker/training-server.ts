/** Serves training to the host over a message port: a thin shell around a training session, like the `gan` command. */

import { ConfigError } from '../config/config-error';
import { loadExperiment } from '../config/load';
import { withPreferredEngine } from '../config/preferred-engine';
import { changeStoredConfig, withSteps } from '../config/stored';
import { DataNotFetchedError } from '../data/packages/package-folder';
import { ImportCancelledError } from '../data/packed/make-pack';
import { RunDeletedError } from '../run-folder/errors';
import { findExperiment, locateExperiment } from '../run-folder/locate-experiment';
import { readRunRecord } from '../run-folder/run-record';
import { needsProcess } from '../session/engine-choice/training-engine';
import { readConfigAt, readStoredConfig } from '../session/stored-run';
import { resumeSession, startSession, type TrainingSession } from '../session/training-session';
import { describeError, WorkbenchError } from '../shared/errors';
import { NOT_TRAINED_HERE } from '../shared/live-request';
import { formatText, verbatim } from '../shared/localizable-text';
import { throttledCount, throttledSteps } from '../shared/throttle';
import {
  type Envelope,
  type FromWorker,
  type Refusal,
  Sender,
  type SteeringRequest,
  type ToWorker,
  type TrainingFailure,
  type TrainingRequest,
} from '../shared/worker-protocol';
import type { TrainingObserver } from '../training/job';
import { LiveRequestError } from '../training/live-requests';
import { NonFiniteError } from '../training/non-finite';
import { SEE_LOG } from '../training/record-failure';
import { type KeepAlive, whileLoading } from './while-loading';

/** Throttles progress to ten messages a second, however fast steps are. */
const PROGRESS_INTERVAL_MS = 100;

/** The subset of `MessagePort` that is used. */
export interface ServerPort extends KeepAlive {
  postMessage(message: Envelope<FromWorker>): void;
  on(event: 'message', listener: (message: Envelope<ToWorker>) => void): unknown;
  /** The connection is gone, whichever side closed it. */
  on(event: 'close', listener: () => void): unknown;
  /** Afterwards the port no longer keeps the worker alive. */
  close(): void;
}

/**
 * Serves one job and closes the port when it has ended. Stopping is cooperative: the current step finishes, a
 * checkpoint is written, and the native session is released before the port is closed.
 */
export function serveTraining(port: ServerPort): void {
  const early: SteeringRequest[] = [];
  const opening = new AbortController();
  let session: TrainingSession | undefined;
  let isWatched = false;
  let sender: Sender<FromWorker> | undefined;
  const train = async (jobId: string, request: TrainingRequest): Promise<void> => {
    const toHost = new Sender<FromWorker>(jobId, (envelope) => port.postMessage(envelope));
    sender = toHost;
    try {
      session = await whileLoading(port, () => openSession(request, observerFor(toHost), opening.signal));
      toHost.send({ type: 'opened', runFolder: session.folder });
      for (const asked of early) steer(session, asked);
      session.loop.watchSamples(isWatched);
      toHost.send({ type: 'ended', ...(await session.run()) });
    } catch (error) {
      // No run has been created yet, so there is nothing to resume.
      if (error instanceof ImportCancelledError) toHost.send({ type: 'ended', status: 'stopped', step: 0 });
      else toHost.send({ type: 'failed', failure: await failureOf(error) });
    } finally {
      port.close();
    }
  };
  const obey = (request: SteeringRequest): void => {
    if (session !== undefined) {
      steer(session, request);
      return;
    }
    early.push(request);
    if (request === 'stop' || request === 'shutdown') opening.abort();
  };
  const answer = async ({ number, request }: Extract<ToWorker, { type: 'live' }>): Promise<void> => {
    try {
      if (session === undefined)
        throw new LiveRequestError(NOT_TRAINED_HERE.message, NOT_TRAINED_HERE.remedy);
      await session.loop.ask(request);
      sender?.send({ type: 'answer', number });
    } catch (error) {
      sender?.send({ type: 'answer', number, refusal: refusalOf(error) });
    }
  };
  port.on('message', (message) => {
    if (message.type === 'train') void train(message.jobId, message.request);
    else if (message.type === 'steer') obey(message.request);
    else if (message.type === 'live') void answer(message);
    else {
      isWatched = message.isWatched;
      session?.loop.watchSamples(isWatched);
    }
  });
  // A process outlives a host that was killed: it saves its progress and releases the run.
  port.on('close', () => obey('shutdown'));
}

async function openSession(
  request: TrainingRequest,
  observer: TrainingObserver,
  signal: AbortSignal,
): Promise<TrainingSession> {
  if (request.type === 'start') {
    const { experimentFile, threads, engine } = request;
    const overrides = threads === undefined ? [] : [`engine.threads=${threads}`];
    const experiment = await loadExperiment(experimentFile, overrides);
    return startSession({
      experiment: { ...experiment, config: withPreferredEngine(experiment.config, engine) },
      observer,
      signal,
    });
  }
  const { runFolder } = request;
  const record = await readRunRecord(runFolder);
  const experimentFile = await locateExperiment(runFolder, record);
  const { experiment: experimentName } = record;
  if (request.type === 'resume') {
    const config = withSteps(await readStoredConfig(runFolder), request.totalSteps ?? record.totalSteps);
    return resumeSession({ runFolder, config, experimentFile, experimentName, observer, signal });
  }
  const { fromStep, totalSteps, changes = [] } = request;
  const longer = totalSteps === undefined ? [] : [`length.steps=${totalSteps}`];
  return resumeSession({
    runFolder,
    config: changeStoredConfig(await readConfigAt(runFolder, fromStep), [...longer, ...changes]),
    experimentFile,
    experimentName,
    fromStep,
    observer,
    signal,
  });
}

function steer({ loop }: TrainingSession, request: SteeringRequest): void {
  if (request === 'stop') loop.stop('user');
  else if (request === 'shutdown') loop.stop('shutdown');
  else if (request === 'pause') loop.pause();
  else if (request === 'continue') loop.continue();
  else loop.checkpointNow();
}

function observerFor(sender: Sender<FromWorker>): TrainingObserver {
  return {
    onImport: throttledCount(PROGRESS_INTERVAL_MS, ({ done, total, etaSeconds }) =>
      sender.send({ type: 'importing', progress: { done, total, etaSeconds } }),
    ),
    onProgress: throttledSteps(PROGRESS_INTERVAL_MS, ({ step, totalSteps, imagesPerSecond, etaSeconds }) =>
      sender.send({ type: 'progress', progress: { step, totalSteps, imagesPerSecond, etaSeconds } }),
    ),
    onScoring: throttledCount(PROGRESS_INTERVAL_MS, (progress) => sender.send({ type: 'scoring', progress })),
    onStatus: (status) => sender.send({ type: 'status', status }),
    onSample: ({ step, file }) => sender.send({ type: 'written', what: 'sample', step, file }),
    onLiveSample: (live) => sender.send({ type: 'liveSample', ...live }),
    onCheckpoint: ({ step, file }) => sender.send({ type: 'written', what: 'checkpoint', step, file }),
    onFinding: ({ step, message }) => sender.send({ type: 'warning', message: `Step ${step}: ${message}` }),
    onRemark: (remark) => sender.send({ type: 'remark', message: formatText(remark) }),
    onWarning: (warning) => sender.send({ type: 'warning', message: formatText(warning) }),
  };
}

function refusalOf(error: unknown): Refusal {
  const message = describeError(error);
  if (!(error instanceof WorkbenchError))
    return { message, remedy: formatText(SEE_LOG), said: { message: verbatim(message), remedy: SEE_LOG } };
  return { message, remedy: error.remedy, ...(error.said === undefined ? {} : { said: error.said }) };
}

async function failureOf(error: unknown): Promise<TrainingFailure> {
  if (!(error instanceof WorkbenchError)) return refusalOf(error);
  const problem = error instanceof ConfigError ? error.problems[0] : undefined;
  const { file, line, column } = problem ?? {};
  const isPlaced = file !== undefined && line !== undefined && column !== undefined;
  return {
    ...refusalOf(error),
    ...(isPlaced ? { place: { file, line, column } } : {}),
    ...(error instanceof DataNotFetchedError ? { missingData: error.dataName } : {}),
    ...(error instanceof NonFiniteError ? { tensor: error.tensor } : {}),
    ...(needsProcess(error) ? { needsProcess: true } : {}),
    ...(error instanceof RunDeletedError ? { deletedRun: await restartOf(error) } : {}),
  };
}

async function restartOf({
  runFolder,
  record,
}: RunDeletedError): Promise<NonNullable<TrainingFailure['deletedRun']>> {
  const experimentFile = await findExperiment(runFolder, record);
  return experimentFile === undefined ? {} : { experimentFile };
}
