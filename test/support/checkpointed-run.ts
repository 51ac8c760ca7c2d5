/**
 * A run at rest with a checkpoint of random weights, for tests of what is made of trained networks. Nothing is trained,
 * and no leaf has its initial value, so that a wrong use of any of them shows.
 */
import { join } from 'node:path';
import { Random } from '../../src/random/random';
import { writeCheckpoint } from '../../src/run-folder/checkpoints';
import type { HostTensor, HostTensors } from '../../src/shared/host-tensor';
import { RUN_SCHEMA_VERSION } from '../../src/shared/run-format';
import { configOf, shapeOfData, taskOf } from './experiment-training';
import { createToyRun } from './toy-run';

export const CHECKPOINT_STEP = 10;

/** Images of which nothing is read: their folder need not exist. */
export const folderData = (options: object = {}) => ({
  source: 'folder',
  folder: '.',
  imageSize: 8,
  channels: 3,
  batchSize: 4,
  ...options,
});

/**
 * Returns the run's folder. The config must determine the shape of its data.
 *
 * @param experiment as in an experiment file
 */
export async function checkpointedRun(
  folder: string,
  experiment: object,
  step = CHECKPOINT_STEP,
): Promise<string> {
  const config = configOf(experiment);
  const task = taskOf(config);
  const run = await createToyRun({
    runsFolder: join(folder, 'gan-runs'),
    experimentFile: join(folder, 'toy.gan.json'),
    config,
    git: { commit: '0123456789abcdef', changes: 'none' },
    generatorInput: shapeOfData(config).input === undefined ? 'latents' : 'images',
  });
  try {
    await writeCheckpoint(run.folder, {
      leaves: disturbed(task.initialState(1)),
      state: {
        schemaVersion: RUN_SCHEMA_VERSION,
        step,
        images: 0,
        random: {},
        data: { epoch: 0, offset: 0 },
      },
    });
  } finally {
    await run.close();
  }
  return run.folder;
}

/** Weights that keep activations of about the same size, so that outputs neither vanish nor saturate. */
function disturbed(leaves: HostTensors): HostTensors {
  const random = Random.seeded(1, 'disturbed');
  return Object.fromEntries(
    Object.entries(leaves).map(([name, leaf]) => [
      name,
      leaf.dtype === 'int32' ? leaf : { ...leaf, data: disturbedValues(name, leaf, random) },
    ]),
  );
}

function disturbedValues(name: string, { shape, data }: HostTensor, random: Random): Float32Array {
  if (shape.length > 1) {
    const inputs = data.length / (shape.at(-1) ?? 1);
    return random.fillNormal(new Float32Array(data.length), 1 / Math.sqrt(inputs));
  }
  if (name.endsWith('/variance'))
    return Float32Array.from(data, (value) => value * (0.7 + 0.6 * random.uniform()));
  return Float32Array.from(data, (value) => value + 0.2 * random.normal());
}
