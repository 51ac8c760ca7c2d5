/** Creates a new run folder. `run.json` is written last: a folder without it was never completed. */
import { cpus, hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { experimentPlace } from '../shared/experiment-place';
import {
  type GitState,
  RUN_FILES,
  RUN_SCHEMA_VERSION,
  type RunData,
  type RunParent,
  type RunRecord,
  type SweepMembership,
} from '../shared/run-format';
import { writeFileDurably } from '../storage/durable-file';
import { type Checkpoint, writeCheckpoint } from './checkpoints';
import { createNumberedFolder } from './create-folder';
import { jsonText } from './json-file';
import { RunLock } from './run-lock';
import { writeRunRecord } from './run-record';
import { RunWriter } from './run-writer';

/** Options of a new run. */
export interface NewRun {
  /** The `gan-runs` folder to create the numbered run folder in; created if missing. */
  readonly runsFolder: string;
  /** Name of the experiment: the file's name without `.gan.json`. */
  readonly experiment: string;
  /** Absolute path of the experiment file. */
  readonly experimentFile: string;
  /** The resolved config as plain JSON. */
  readonly config: object;
  readonly totalSteps: number;
  readonly engine: RunRecord['engine'];
  readonly workbenchVersion: string;
  readonly git?: GitState;
  readonly data?: RunData;
  readonly generatorInput?: RunRecord['generatorInput'];
  readonly parent?: RunParent;
  readonly sweep?: SweepMembership;
  readonly batchJob?: string;
  /** State to begin with, where the config alone does not determine it; resuming needs it until there is a newer one. */
  readonly firstCheckpoint?: Checkpoint;
}

/** A new `run.json` at step 0. */
export function newRunRecord(folder: string, run: NewRun): RunRecord {
  const now = new Date().toISOString();
  const place = experimentPlace(dirname(folder), run.experimentFile);
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    id: basename(folder),
    experiment: run.experiment,
    experimentFile: run.experimentFile,
    ...(place === undefined ? {} : { experimentPlace: place }),
    status: 'created',
    step: 0,
    totalSteps: run.totalSteps,
    engine: run.engine,
    versions: { workbench: run.workbenchVersion, node: process.versions.node },
    host: {
      name: hostname(),
      platform: `${process.platform}-${process.arch}`,
      cpu: cpus()[0]?.model ?? 'unknown',
    },
    ...(run.git === undefined ? {} : { git: run.git }),
    createdAt: now,
    updatedAt: now,
    trainingSeconds: 0,
    ...(run.data === undefined ? {} : { data: run.data }),
    ...(run.generatorInput === undefined ? {} : { generatorInput: run.generatorInput }),
    ...(run.parent === undefined ? {} : { parent: run.parent }),
    ...(run.sweep === undefined ? {} : { sweep: run.sweep }),
    ...(run.batchJob === undefined ? {} : { batchJob: run.batchJob }),
  };
}

export async function writeConfig(folder: string, config: object): Promise<void> {
  await writeFileDurably(join(folder, RUN_FILES.config), jsonText(config));
}

/** Creates the folder and holds its lock. Throws `StorageError`. */
export async function createRun(run: NewRun): Promise<RunWriter> {
  const folder = await createNumberedFolder(run.runsFolder, run.experiment);
  const lock = await RunLock.acquire(folder);
  try {
    await writeConfig(folder, run.config);
    if (run.firstCheckpoint !== undefined) await writeCheckpoint(folder, run.firstCheckpoint);
    const record = newRunRecord(folder, run);
    await writeRunRecord(folder, record);
    return await RunWriter.open(folder, lock, record);
  } catch (error) {
    await lock.release();
    throw error;
  }
}
