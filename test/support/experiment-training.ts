/** Trains an experiment's task for some steps on noise of the shape of its data, without reading from disk. */
import { parseExperiment } from '../../src/config/load';
import type { ExperimentConfig } from '../../src/config/schema';
import { TrainingBatches } from '../../src/data/training-batches';
import type { Engine } from '../../src/engine/engine';
import type { UserModules } from '../../src/gan/networks/network';
import { Random } from '../../src/random/random';
import { declaredShape } from '../../src/session/dataset';
import { gameTask } from '../../src/session/task';
import type { DataShape } from '../../src/shared/example-shape';
import type { HostTensors } from '../../src/shared/host-tensor';
import { float32 } from '../../src/shared/host-tensor';
import type { StepResult, TrainingTask } from '../../src/training/task';
import { noiseData } from './noise-data';

/** Used if the number of classes is known only after opening the data. */
const CLASSES = 3;

export interface TrainedExperiment {
  readonly state: HostTensors;
  readonly results: readonly StepResult[];
}

/** Throws `ConfigError` if the experiment is rejected. */
export function configOf(experiment: object): ExperimentConfig {
  return parseExperiment(JSON.stringify(experiment), 'test.gan.json');
}

/** Returns the shape that its data would have when opened. */
export function shapeOfData(config: ExperimentConfig): DataShape {
  const shape = declaredShape(config);
  return { ...shape, classes: shape.classes ?? CLASSES };
}

export function taskOf(config: ExperimentConfig, modules?: UserModules): TrainingTask {
  return gameTask(config, shapeOfData(config), modules);
}

/** Runs the first steps and disposes of the engine. Throws `ConfigError` if the experiment is rejected. */
export async function trainExperiment(
  engine: Engine,
  experiment: object,
  steps: number,
  modules?: UserModules,
): Promise<TrainedExperiment> {
  try {
    const config = configOf(experiment);
    const task = taskOf(config, modules);
    const { train, unpairedInputs } = noiseData(shapeOfData(config), 40);
    const bodies = {
      examples: train,
      ...(unpairedInputs === undefined ? {} : { unpairedInputs: unpairedInputs.train }),
    };
    const stream = new TrainingBatches(bodies, { batchSize: task.batchSize, seed: 3 });
    const random = Random.seeded(3, 'steps');
    engine.write(task.initialState(3));
    await task.prepare(engine);
    const results: StepResult[] = [];
    for (let step = 1; step <= steps; step++) {
      const batches = [];
      for (let i = 0; i < task.batchesPerStep; i++) batches.push(await stream.next());
      results.push(await task.trainStep(engine, { step, batches, random }));
    }
    return { state: await engine.read(engine.leafNames()), results };
  } finally {
    await engine.dispose();
  }
}

/**
 * Concatenates the leaves of each network into one vector per kind: parameters, each moment. The gradient of a single
 * leaf may be nothing but rounding error, like that of a discriminator's last bias when real and generated examples
 * balance.
 */
export function byNetwork(state: HostTensors): HostTensors {
  const groups: Record<string, number[]> = {};
  for (const [name, { data }] of Object.entries(state)) {
    const [group = name] = /^.*?(generator|discriminator)(Back)?(?=\/)/.exec(name) ?? [];
    groups[group] = [...(groups[group] ?? []), ...data];
  }
  return Object.fromEntries(
    Object.entries(groups).map(([group, values]) => [
      group,
      float32([values.length], Float32Array.from(values)),
    ]),
  );
}
