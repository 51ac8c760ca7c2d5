/** Opens a finished or unfinished run for looking at it: its generator as a checkpoint left it, ready to sample. */
import { join } from 'node:path';
import type { ExperimentConfig } from '../config/schema';
import { parseStoredConfig } from '../config/stored';
import type { Engine } from '../engine/engine';
import { GanTask } from '../gan/gan-task';
import { RUN_FILES, type StepRecord } from '../shared/run-format';
import { checkpointPath, checkpointSteps, readCheckpoint } from '../training/run-folder/checkpoints';
import { CheckpointError } from '../training/run-folder/errors';
import { readJson } from '../training/run-folder/json-file';
import { readMetrics } from '../training/run-folder/metrics-reader';
import { pathInRun } from '../training/run-folder/path-in-run';
import { exampleShapeOf } from './dataset';
import { openEngine } from './engines';
import { ganSettings } from './settings';

/** The resolved config of a run. Throws `RunFolderError` where it is missing or malformed. */
export async function readStoredConfig(runFolder: string): Promise<ExperimentConfig> {
  const file = await pathInRun(runFolder, RUN_FILES.config);
  return parseStoredConfig(await readJson(file), file);
}

export interface OpenedGenerator {
  readonly task: GanTask;
  readonly engine: Engine;
  readonly config: ExperimentConfig;
  readonly step: number;
}

/** Loads the newest checkpoint, or that of `step`. The caller disposes of the engine. */
export async function openGenerator(runFolder: string, step?: number): Promise<OpenedGenerator> {
  const config = await readStoredConfig(runFolder);
  const steps = await checkpointSteps(runFolder);
  const chosen = step ?? steps.at(-1);
  if (chosen === undefined || !steps.includes(chosen))
    throw new CheckpointError(
      chosen === undefined
        ? `${runFolder} has no checkpoint yet.`
        : `${runFolder} has no checkpoint of step ${chosen}.`,
      steps.length === 0 ? 'Train it until its first checkpoint.' : `Choose one of: ${steps.join(', ')}.`,
    );
  const { leaves } = await readCheckpoint(checkpointPath(runFolder, chosen));
  const task = new GanTask(ganSettings(config, exampleShapeOf(config)));
  const engine = await openEngine(config.engine.name, config.engine.threads);
  engine.write(leaves);
  await task.prepareSampling(engine);
  return { task, engine, config, step: chosen };
}

/** Every step record of a run, in order. */
export async function readStepRecords(runFolder: string): Promise<StepRecord[]> {
  const records: StepRecord[] = [];
  for await (const { record } of readMetrics(join(runFolder, RUN_FILES.metrics)))
    if (record.type === 'step') records.push(record);
  return records;
}
