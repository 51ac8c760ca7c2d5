/** Data of any shape with independent noise as examples, for tests that train on what a config describes. */
import type { Dataset, Examples } from '../../src/data/source';
import { Random } from '../../src/random/random';
import type { DataShape, ExampleShape } from '../../src/shared/example-shape';
import { exampleExtents } from '../../src/shared/example-shape';
import { sizeOf } from '../../src/shared/host-tensor';

/** `count` training examples and four held out; the label of an example is its index modulo the number of classes. */
export function noiseData({ example, classes = 0, input }: DataShape, count: number): Dataset {
  const part = (stream: string, shape: ExampleShape, size: number): Examples => {
    const given = input?.paired === true ? input.shape : undefined;
    const fill = (
      index: number,
      kind: string,
      target: Float32Array,
      place: number,
      of: ExampleShape,
    ): void => {
      const width = sizeOf(exampleExtents(of));
      Random.seeded(index, `${stream} ${kind}`).fillUniform(
        target.subarray(place * width, (place + 1) * width),
        -1,
        1,
      );
    };
    return {
      count: size,
      shape,
      classes,
      ...(given === undefined ? {} : { input: given }),
      read: async (indices, target, labels, inputs) => {
        indices.forEach((index, place) => {
          fill(index, 'example', target, place, shape);
          if (labels !== undefined) labels[place] = index % classes;
          if (inputs !== undefined && given !== undefined) fill(index, 'input', inputs, place, given);
        });
      },
      close: async () => undefined,
    };
  };
  return {
    train: part('train', example, count),
    heldOut: part('held out', example, 4),
    ...(input?.paired === false
      ? {
          unpairedInputs: {
            train: part('inputs', input.shape, count + 1),
            heldOut: part('held-out inputs', input.shape, 4),
          },
        }
      : {}),
  };
}
