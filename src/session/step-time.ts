/** Measures the duration of an experiment's training step on this machine, with a few steps on random examples. */
import type { ExperimentConfig } from '../config/schema';
import { openEngine } from '../engine/open-engine';
import type { UserModules } from '../gan/networks/network';
import { Random } from '../random/random';
import type { DataShape } from '../shared/example-shape';
import { checkMemory } from './memory-check';
import { randomBatches } from './random-batches';
import { gameTask } from './task';

/** Regularisers apply only every few steps, so a single step is not representative. */
const BLOCK_STEPS = 4;
const MAX_STEPS = 64;
const ENOUGH_MS = 1500;

/** Propagates errors of opening the engine; throws `WorkbenchError` if the networks do not fit the data. */
export async function measureStepSeconds(
  config: ExperimentConfig,
  data: DataShape,
  modules?: UserModules,
): Promise<number> {
  const engine = await openEngine(config.engine.name, config.engine.threads);
  try {
    const task = gameTask(config, data, modules);
    task.check();
    checkMemory(task, engine);
    engine.write(task.initialState(config.seed));
    await task.prepare(engine);
    const random = Random.seeded(config.seed, 'step time');
    const batches = randomBatches(task, data, random);
    const step = (number: number): Promise<unknown> =>
      task.trainStep(engine, { step: number, batches, random });
    // The first step allocates the buffers that later steps reuse.
    await step(1);
    let done = 1;
    // Other load on the machine makes a block slower, never faster.
    let fastestMs = Number.POSITIVE_INFINITY;
    const start = performance.now();
    do {
      const blockStart = performance.now();
      for (let i = 0; i < BLOCK_STEPS; i++) await step(++done);
      fastestMs = Math.min(fastestMs, performance.now() - blockStart);
    } while (done < MAX_STEPS && performance.now() - start < ENOUGH_MS);
    return fastestMs / BLOCK_STEPS / 1000;
  } finally {
    await engine.dispose();
  }
}
