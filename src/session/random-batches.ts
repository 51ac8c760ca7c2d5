/** Batches of noise in the shape of the data, to measure training steps without reading the data. */
import type { Batch } from '../data/batches';
import type { Random } from '../random/random';
import { type DataShape, exampleExtents } from '../shared/example-shape';
import { float32, type HostTensor, sizeOf } from '../shared/host-tensor';
import type { TrainingTask } from '../training/task';

/** The batches of one step. */
export function randomBatches(
  { batchSize, batchesPerStep }: Pick<TrainingTask, 'batchSize' | 'batchesPerStep'>,
  data: DataShape,
  random: Random,
): readonly Batch[] {
  return Array.from({ length: batchesPerStep }, () => randomBatch(batchSize, data, random));
}

function randomBatch(batchSize: number, { example, classes = 0, input }: DataShape, random: Random): Batch {
  const drawn = (extents: readonly number[]): HostTensor => {
    const shape = [batchSize, ...extents];
    return float32(shape, random.fillUniform(new Float32Array(sizeOf(shape)), -1, 1));
  };
  return {
    examples: drawn(exampleExtents(example)),
    ...(classes === 0 ? {} : { labels: Int32Array.from({ length: batchSize }, (_, i) => i % classes) }),
    ...(input === undefined ? {} : { inputs: drawn(exampleExtents(input.shape)) }),
  };
}
