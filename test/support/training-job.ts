/** Runs of the scalar task, created, resumed and inspected by the tests of the training loop. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset, Examples } from '../../src/data/source';
import type { Engine } from '../../src/engine/engine';
import { createRun, type NewRun } from '../../src/run-folder/create-run';
import { readMetrics } from '../../src/run-folder/metrics-reader';
import { type OpenedRun, openRun } from '../../src/run-folder/resume-run';
import type { RunWriter } from '../../src/run-folder/run-writer';
import { float32 } from '../../src/shared/host-tensor';
import { type MetricsRecord, RUN_FILES } from '../../src/shared/run-format';
import { encodeSafetensors } from '../../src/storage/safetensors';
import type { LoopSettings, TrainingEnd, TrainingJob, TrainingObserver } from '../../src/training/job';
import { TrainingLoop } from '../../src/training/loop';
import type { RunScoring } from '../../src/training/run-scores';
import type { SampleSet } from '../../src/training/samples';
import type { TrainingTask } from '../../src/training/task';
import type { TrainingWatch } from '../../src/training/training-watch';
import { linePoints, MemoryEngine, ScalarTask } from './scalar-training';

export const SETTINGS: LoopSettings = {
  seed: 7,
  totalSteps: 20,
  logEvery: 1,
  sampleEvery: 5,
  earlySamples: [],
  checkpointEvery: 10,
  keepCheckpoints: 3,
  sampleCount: 4,
  keepRecentSamples: 0,
};

export function newRun(runsFolder: string): NewRun {
  return {
    runsFolder,
    experiment: 'Line Points',
    experimentFile: '/experiments/Line Points.gan.json',
    config: { model: 'scalar' },
    totalSteps: SETTINGS.totalSteps,
    engine: new MemoryEngine().info,
    workbenchVersion: '0.1.0',
  };
}

/** Encodes the raw values instead of drawing an image, so that a test can check them for equality. */
export function renderBytes({ fake }: SampleSet): Uint8Array {
  return Buffer.concat(encodeSafetensors({ fake: float32(fake.shape, Float32Array.from(fake.data)) }, {}));
}

export interface JobOptions {
  readonly settings?: Partial<LoopSettings>;
  readonly observer?: TrainingObserver;
  readonly task?: TrainingTask;
  readonly engine?: Engine;
  readonly examples?: Examples;
  readonly scoring?: RunScoring;
  readonly watch?: TrainingWatch;
  /** The full dataset, if training examples alone are not enough. */
  readonly data?: Dataset;
}

export function jobFor(run: RunWriter, options: JobOptions = {}): TrainingJob {
  return {
    run,
    task: options.task ?? new ScalarTask(),
    engine: options.engine ?? new MemoryEngine(),
    data: options.data ?? { train: options.examples ?? linePoints(10), heldOut: linePoints(2) },
    settings: { ...SETTINGS, ...options.settings },
    renderSamples: renderBytes,
    ...(options.scoring === undefined ? {} : { scoring: options.scoring }),
    ...(options.watch === undefined ? {} : { watch: options.watch }),
    ...(options.observer === undefined ? {} : { observer: options.observer }),
  };
}

/** Trains a new run, closes it and returns its folder. */
export async function trainNew(runsFolder: string, options: JobOptions = {}): Promise<string> {
  const run = await createRun(newRun(runsFolder));
  try {
    await new TrainingLoop(jobFor(run, options)).run();
  } finally {
    await run.close();
  }
  return run.folder;
}

export async function trainOpened(
  { run, resumePoint }: OpenedRun,
  options: JobOptions = {},
): Promise<TrainingEnd> {
  try {
    return await new TrainingLoop({ ...jobFor(run, options), resumePoint }).run();
  } finally {
    await run.close();
  }
}

export async function resume(folder: string, options: JobOptions = {}): Promise<TrainingEnd> {
  return await trainOpened(await openRun(folder), options);
}

export async function recordsOf(folder: string): Promise<MetricsRecord[]> {
  const records: MetricsRecord[] = [];
  for await (const { record } of readMetrics(join(folder, RUN_FILES.metrics))) records.push(record);
  return records;
}

/** Returns the steps of the step records, in file order. */
export async function loggedSteps(folder: string): Promise<number[]> {
  return (await recordsOf(folder)).flatMap(({ type, step }) => (type === 'step' ? step : []));
}

export async function checkpointBytes(folder: string, name: string): Promise<Buffer> {
  return await readFile(join(folder, RUN_FILES.checkpoints, name));
}
