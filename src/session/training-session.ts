/**
 * Everything needed to train a run, opened in the right order and closed in reverse: data, engine, task, run folder,
 * loop. The command line and the worker thread are thin wrappers around it.
 */
import { dirname, join, resolve } from 'node:path';
import type { LoadedExperiment } from '../config/load';
import { dataShapeOf } from '../config/resolve';
import type { ExperimentConfig } from '../config/schema';
import { shapeOf } from '../data/data-shape';
import { closeDataset } from '../data/source';
import type { Engine } from '../engine/engine';
import { openRunScoring } from '../evaluation/run-scoring';
import { GanTask } from '../gan/gan-task';
import type { NewRun } from '../run-folder/create-run';
import { openRun } from '../run-folder/resume-run';
import { readRunRecord } from '../run-folder/run-record';
import { packageVersion } from '../shared/package-root';
import { type GitState, RUNS_FOLDER, type RunData, type SweepMembership } from '../shared/run-format';
import type { TrainingEnd, TrainingJob, TrainingObserver } from '../training/job';
import { TrainingLoop } from '../training/loop';
import type { TrainingTask } from '../training/task';
import type { UserNetworks } from '../user-networks/user-networks';
import { loadKeptNetworks, loadUserNetworks } from '../user-networks/user-networks';
import { checkSameData, runDataOf } from './data-identity';
import { openDataset } from './dataset';
import { openDiagnostics } from './diagnostics';
import {
  openTrainingEngine,
  type TrainedNetwork,
  type TrainingEngineOptions,
} from './engine-choice/training-engine';
import { openFork } from './fork';
import { GitReading } from './git-state';
import { type BegunRun, beginRun, expectFirstCheckpoint, readWeightSource } from './initial-weights';
import { configAt, LiveChanges } from './live-changes';
import { rendererOf } from './render-samples';
import { scheduleNotices } from './schedule-notices';
import { scoringParts } from './scoring';
import { ganSettings, loopSettings } from './settings';
import { skippedFilesOf, skippedNotice } from './skipped-files';
import { readConfigAt } from './stored-run';
import { gameTask } from './task';
import { unlessAborted } from './unless-aborted';

export interface TrainingSession {
  /** Absolute path of the run folder. */
  readonly folder: string;
  readonly loop: TrainingLoop;
  /** Trains to the end and closes everything, even on failure. */
  run(): Promise<TrainingEnd>;
}

export interface NewSession {
  readonly experiment: LoadedExperiment;
  /** Parent folder of the numbered run folder; defaults to `gan-runs` next to the experiment file. */
  readonly runsFolder?: string;
  readonly sweep?: SweepMembership;
  /** Name of the folder in `gan-runs/slurm`, if a batch job trains the run. */
  readonly batchJob?: string;
  readonly observer?: TrainingObserver;
  /** Cancels loading modules and importing the data into the cache, which can take long. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a new run. Propagates errors of opening data, engine or folder; nothing is written before data and engine are
 * open.
 */
export async function startSession({
  experiment,
  runsFolder,
  sweep,
  batchJob,
  observer,
  signal,
}: NewSession): Promise<TrainingSession> {
  const { config, baseFolder } = experiment;
  const modules = await unlessAborted(loadUserNetworks(config, baseFolder), signal);
  const modulesIn = { of: 'experiment', folder: baseFolder } as const;
  // Read first, because importing the data and choosing an engine can take long.
  const weights = await readWeightSource(config, baseFolder);
  return open({ config, modules, modulesIn, baseFolder, observer, signal }, (facts) =>
    beginRun(
      {
        ...newRun(experiment, config, facts, runsFolder),
        ...(sweep === undefined ? {} : { sweep }),
        ...(batchJob === undefined ? {} : { batchJob }),
      },
      facts.task,
      config,
      weights,
    ),
  );
}

export interface ResumedSession {
  readonly runFolder: string;
  /**
   * The config that the run was created with, with permitted changes applied; with `fromStep`, that of the checkpoint,
   * with any changes.
   */
  readonly config: ExperimentConfig;
  readonly experimentFile: string;
  readonly experimentName: string;
  /** Checkpoint to continue from, as a new run whose parent is this one; 0 starts over. */
  readonly fromStep?: number;
  readonly observer?: TrainingObserver;
  readonly signal?: AbortSignal;
}

export async function resumeSession(session: ResumedSession): Promise<TrainingSession> {
  const { runFolder, config, experimentFile, fromStep, observer, signal } = session;
  const baseFolder = dirname(experimentFile);
  const modules = await unlessAborted(loadKeptNetworks(config, runFolder), signal);
  const modulesIn = { of: 'run', folder: runFolder } as const;
  const record = fromStep === undefined ? await readRunRecord(runFolder) : undefined;
  const opening = { config, modules, modulesIn, baseFolder, observer, signal, recorded: record?.engine };
  return open(opening, async (facts) => {
    if (fromStep === undefined) {
      const { data: recorded, totalSteps } = await readRunRecord(runFolder);
      checkSameData(recorded, facts.data);
      await expectFirstCheckpoint(runFolder, config);
      return { ...(await openRun(runFolder, facts)), notices: scheduleNotices(config, totalSteps) };
    }
    const experiment = { file: experimentFile, name: session.experimentName };
    const runsFolder = dirname(resolve(runFolder));
    const stored = await readConfigAt(runFolder, fromStep);
    return openFork(
      { parentFolder: runFolder, stored, config, baseFolder, fromStep },
      facts.task,
      newRun(experiment, config, facts, runsFolder),
    );
  });
}

function newRun(
  experiment: Pick<LoadedExperiment, 'file' | 'name'>,
  config: ExperimentConfig,
  { engine, data, git }: OpeningFacts,
  runsFolder: string | undefined,
): NewRun {
  return {
    runsFolder: runsFolder ?? join(dirname(experiment.file), RUNS_FOLDER),
    experiment: experiment.name,
    experimentFile: experiment.file,
    config,
    totalSteps: config.length.steps,
    engine: engine.info,
    workbenchVersion: packageVersion(),
    ...(git === undefined ? {} : { git }),
    data,
    generatorInput: dataShapeOf(config.data).input === undefined ? 'latents' : 'images',
  };
}

/** What is known before the run folder is opened. */
interface OpeningFacts {
  readonly engine: Engine;
  readonly data: RunData;
  readonly task: TrainingTask;
  /** The repository of the experiment; undefined if there is none. */
  readonly git: GitState | undefined;
}

interface Opening {
  readonly config: ExperimentConfig;
  readonly modules: UserNetworks;
  readonly modulesIn: TrainedNetwork['modules'];
  readonly baseFolder: string;
  readonly observer: TrainingObserver | undefined;
  readonly signal: AbortSignal | undefined;
  readonly recorded?: TrainingEngineOptions['recorded'];
}

async function open(
  { config, modules, modulesIn, baseFolder, observer, signal, recorded }: Opening,
  openFolder: (facts: OpeningFacts) => Promise<BegunRun>,
): Promise<TrainingSession> {
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  const git = new GitReading(baseFolder);
  closers.push(async () => git.cancel());
  try {
    const dataset = await openDataset(config, {
      baseFolder,
      ...(signal === undefined ? {} : { signal }),
      onProgress: (progress) => observer?.onImport?.(progress),
    });
    closers.push(() => closeDataset(dataset));
    const data = shapeOf(dataset);
    const task = gameTask(config, data, modules);
    task.check();
    const opened = await openTrainingEngine(
      { config, data, task, modules: modulesIn },
      { recorded, signal, onRemark: (remark) => observer?.onRemark?.(remark) },
    );
    const { engine } = opened;
    closers.push(() => engine.dispose());
    const skipped = await skippedFilesOf(dataset);
    if (skipped !== undefined) observer?.onSkipped?.(skipped);
    const runData = { ...runDataOf(dataset), ...(skipped === undefined ? {} : { skipped }) };
    const {
      run,
      resumePoint,
      remarks = [],
      notices = [],
    } = await openFolder({
      ...{ engine, data: runData, task },
      git: await git.end(),
    });
    closers.push(() => run.close());
    await modules.keep(run.folder);
    const inForce = configAt(config, resumePoint);
    if (inForce !== config && task instanceof GanTask) task.change(ganSettings(inForce, data, modules));
    const scoring =
      config.evaluation === false
        ? undefined
        : openRunScoring(
            {
              ...scoringParts(config, engine.info.name),
              steps: config.length.steps,
              task,
              data: dataset,
              baseFolder,
              onProgress: (progress) => observer?.onScoring?.(progress),
            },
            config.evaluation,
          );
    if (scoring !== undefined) closers.push(() => scoring.close());
    const job: TrainingJob = {
      run,
      ...(resumePoint === undefined ? {} : { resumePoint }),
      remarks: [...(opened.remarks ?? []), ...remarks],
      notices: [
        ...(opened.warnings ?? []),
        ...(skipped === undefined ? [] : [skippedNotice(skipped)]),
        ...notices,
      ],
      task,
      engine,
      data: dataset,
      settings: loopSettings(config),
      renderSamples: rendererOf(task.example),
      ...(scoring === undefined ? {} : { scoring }),
      watch: await openDiagnostics(run, inForce, dataset),
      ...(task instanceof GanTask
        ? { changer: new LiveChanges({ config: inForce, task, engine, data: dataset, modules }) }
        : {}),
      ...(observer === undefined ? {} : { observer }),
    };
    const loop = new TrainingLoop(job);
    return {
      folder: run.folder,
      loop,
      async run() {
        try {
          return await loop.run();
        } finally {
          await closeAll();
        }
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
