/** Opens a finished or unfinished run for inspection: its generator at a checkpoint, ready to sample. */
import { basename, dirname } from 'node:path';
import type { ExperimentConfig } from '../config/schema';
import { parseStoredConfig } from '../config/stored';
import { shapeOf } from '../data/data-shape';
import { closeDataset, type Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { openEngine } from '../engine/open-engine';
import { type Checkpoint, checkpointSteps, readCheckpointOf } from '../run-folder/checkpoints';
import { readChosen } from '../run-folder/chosen-checkpoint';
import { readInterventions } from '../run-folder/interventions';
import { readJson } from '../run-folder/json-file';
import { locateExperiment } from '../run-folder/locate-experiment';
import { readMetricsParts } from '../run-folder/metrics-reader';
import { pathInRun } from '../run-folder/path-in-run';
import { readRunRecord } from '../run-folder/run-record';
import { WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import { type Intervention, RUN_FILES, type StepRecord } from '../shared/run-format';
import type { TrainingTask } from '../training/task';
import { loadKeptNetworks, namesModules } from '../user-networks/user-networks';
import { declaredShape, openDataset } from './dataset';
import { configAfter } from './live-changes';
import { gameTask } from './task';

/** Reads the resolved config that a run was created with. Throws `RunFolderError` if it is missing or malformed. */
export async function readStoredConfig(runFolder: string): Promise<ExperimentConfig> {
  const file = await pathInRun(runFolder, RUN_FILES.config);
  return parseStoredConfig(await readJson(file), file);
}

/** The same with all changes that were made while it trained. */
export async function readLatestConfig(runFolder: string): Promise<ExperimentConfig> {
  const interventions = await readInterventions(runFolder);
  return configAfter(await readStoredConfig(runFolder), interventions, interventions.length);
}

/** The same with those up to the checkpoint of a step; without them for a step that has no checkpoint. */
export async function readConfigAt(runFolder: string, step: number): Promise<ExperimentConfig> {
  const [config, interventions] = [await readStoredConfig(runFolder), await readInterventions(runFolder)];
  if (interventions.length === 0 || !(await checkpointSteps(runFolder)).includes(step)) return config;
  return configOf(config, interventions, await readCheckpointOf(runFolder, step));
}

function configOf(
  config: ExperimentConfig,
  interventions: readonly Intervention[],
  { state }: Checkpoint,
): ExperimentConfig {
  return configAfter(config, interventions, state.interventions?.applied ?? 0);
}

export interface OpenedGenerator {
  readonly task: TrainingTask;
  readonly engine: Engine;
  readonly config: ExperimentConfig;
  readonly step: number;
  /**
   * Opens the data that the run was trained on; only the first call does so. A generator that starts from latents needs
   * none.
   */
  readonly openData: () => Promise<Dataset>;
  /** Disposes of the engine, and closes the data if it was opened. */
  close(): Promise<void>;
}

/** Thrown instead of loading files whose authors the user does not trust. */
export class UntrustedError extends WorkbenchError {}

export interface OpenOptions {
  /** Batch sizes for sampling; see `TrainingTask.prepareSampling`. */
  readonly sampleBatches?: readonly number[];
  /** If false, throws `UntrustedError` instead of loading a user module or opening data. */
  readonly isTrusted?: boolean;
  /** Which checkpoint to load if no step is given. */
  readonly prefer?: 'best' | 'newest';
}

/**
 * Loads the checkpoint of `step`; by default the best by score or, without scores, the newest. The caller closes the
 * result.
 */
export async function openGenerator(
  runFolder: string,
  step?: number,
  { sampleBatches, isTrusted = true, prefer = 'best' }: OpenOptions = {},
): Promise<OpenedGenerator> {
  const stored = await readStoredConfig(runFolder);
  if (!isTrusted && namesModules(stored))
    throw new UntrustedError(
      localizable('The networks of {0} are custom code in its folder.', basename(runFolder)),
      localizable('It is loaded once the workspace is trusted.'),
    );
  const checkpoint = await readChosen(runFolder, step ?? prefer);
  const { leaves, state } = checkpoint;
  // Read after the checkpoint, which may be one of a change that has just been made.
  const config = configOf(stored, await readInterventions(runFolder), checkpoint);
  let opened: Promise<Dataset> | undefined;
  const openData = async (): Promise<Dataset> => {
    if (!isTrusted)
      throw new UntrustedError(
        localizable('The data of {0} can be outside the workspace.', basename(runFolder)),
        localizable('It is read once the workspace is trusted.'),
      );
    opened ??= readRunRecord(runFolder)
      .then((record) => locateExperiment(runFolder, record))
      .then((experimentFile) => openDataset(config, { baseFolder: dirname(experimentFile) }));
    return await opened;
  };
  const declared = declaredShape(config);
  const shape = declared.classes === undefined ? shapeOf(await openData()) : declared;
  const task = gameTask(config, shape, await loadKeptNetworks(config, runFolder));
  const engine = await openAnyEngine(config);
  engine.write(leaves);
  await task.prepareSampling(engine, sampleBatches);
  return {
    task,
    engine,
    config,
    step: state.step,
    openData,
    async close() {
      await engine.dispose();
      if (opened !== undefined) await closeDataset(await opened);
    },
  };
}

/** The engine of the config or, since a run may have been trained on another machine, whichever works here. */
async function openAnyEngine({ engine: { name, threads } }: ExperimentConfig): Promise<Engine> {
  try {
    return await openEngine(name, threads);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return await openEngine('auto', threads);
  }
}

/**
 * Reads the step records of a run in order, in parts. Throws `RunFolderError` if a link leads out of the run,
 * `StorageError`.
 */
export async function* readStepRecords(runFolder: string): AsyncGenerator<readonly StepRecord[]> {
  for await (const part of readMetricsParts(await pathInRun(runFolder, RUN_FILES.metrics)))
    yield part.flatMap(({ record }) => (record.type === 'step' ? [record] : []));
}
