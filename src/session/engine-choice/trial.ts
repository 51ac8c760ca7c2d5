/** Trains a network for some steps on noise, on an engine that is opened for it. */
import type { ExperimentConfig } from '../../config/schema';
import { openEngine } from '../../engine/open-engine';
import type { EngineName } from '../../engine/registry';
import type { UserModules } from '../../gan/networks/network';
import { Random } from '../../random/random';
import type { DataShape } from '../../shared/example-shape';
import { randomBatches } from '../random-batches';
import { gameTask } from '../task';
import type { Candidate, Trial } from './comparison';

export interface TriedNetwork {
  readonly config: ExperimentConfig;
  readonly data: DataShape;
  readonly modules?: UserModules;
}

/** Each trial of a network computes the same. */
export function candidate(name: EngineName, network: TriedNetwork): Candidate {
  return { name, open: () => openTrial(name, network) };
}

async function openTrial(name: EngineName, { config, data, modules }: TriedNetwork): Promise<Trial> {
  const engine = await openEngine(name, config.engine.threads);
  try {
    const task = gameTask(config, data, modules);
    engine.write(task.initialState(config.seed));
    for (const program of task.trainingPrograms()) await engine.compile(program);
    const random = Random.seeded(config.seed, 'trial');
    const batches = randomBatches(task, data, random);
    let step = 0;
    return {
      step: () => task.trainStep(engine, { step: ++step, batches, random }),
      close: () => engine.dispose(),
    };
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}
