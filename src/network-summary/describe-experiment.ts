/** Describes an experiment before it is trained: its networks, and what a step takes on this machine. */
import type { ExperimentConfig } from '../config/schema';
import { shapeOf } from '../data/data-shape';
import { closeDataset } from '../data/source';
import { openEngine } from '../engine/open-engine';
import type { UserModules } from '../gan/networks/network';
import { declaredShape, openDataset } from '../session/dataset';
import { neededMemory } from '../session/memory-check';
import { measureStepSeconds } from '../session/step-time';
import { gameTask } from '../session/task';
import type { DataShape } from '../shared/example-shape';
import type { ExperimentSummary } from '../shared/network-summary';
import { summarise } from './summarise';

export interface DescriptionOptions {
  /** Folder that relative paths in the experiment resolve against. */
  readonly baseFolder: string;
  readonly modules?: UserModules;
  /** Whether to train some steps on random examples, which takes about two seconds. */
  readonly measuresTime: boolean;
}

/** Throws `DataError`, `WorkbenchError` if the networks do not fit the data, and errors of opening the engine. */
export async function describeExperiment(
  config: ExperimentConfig,
  { baseFolder, modules, measuresTime }: DescriptionOptions,
): Promise<ExperimentSummary> {
  const data = await dataShape(config, baseFolder);
  const task = gameTask(config, data, modules);
  const engine = await openEngine(config.engine.name, config.engine.threads);
  let memoryBytes: number;
  try {
    memoryBytes = neededMemory(task, engine);
  } finally {
    await engine.dispose();
  }
  return {
    networks: task.players.map(summarise),
    batchSize: config.data.batchSize,
    memoryBytes,
    steps: config.length.steps,
    ...(measuresTime ? { stepSeconds: await measureStepSeconds(config, data, modules) } : {}),
  };
}

/** As the config declares it; only the number of classes may need the data. */
async function dataShape(config: ExperimentConfig, baseFolder: string): Promise<DataShape> {
  const declared = declaredShape(config);
  if (config.conditioning === false || declared.classes !== undefined) return declared;
  const dataset = await openDataset(config, { baseFolder });
  try {
    return shapeOf(dataset);
  } finally {
    await closeDataset(dataset);
  }
}
