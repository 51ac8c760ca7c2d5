/** Pairs for super-resolution from any images: the image given is the example, scaled down. */

import type { ImageShape } from '../shared/example-shape';
import type { Dataset, Examples } from './source';

/** The image given for an example that is to be enlarged `factor` times, or undefined where that does not divide. */
export function reducedShape(example: ImageShape, factor: number): ImageShape | undefined {
  const [height, width] = [example.height / factor, example.width / factor];
  if (!Number.isInteger(height) || !Number.isInteger(width) || example.labelMap !== undefined)
    return undefined;
  return { kind: 'image', height, width, channels: example.channels };
}

/** Plain images as pairs. Throws `RangeError` where `reducedShape` gives nothing: the config has been checked. */
export function withReducedInputs(dataset: Dataset, factor: number): Dataset {
  return {
    ...dataset,
    train: reducing(dataset.train, factor),
    heldOut: reducing(dataset.heldOut, factor),
  };
}

function reducing(examples: Examples, factor: number): Examples {
  const { shape } = examples;
  const input = shape.kind === 'image' ? reducedShape(shape, factor) : undefined;
  if (shape.kind !== 'image' || input === undefined)
    throw new RangeError(`these examples cannot be scaled down by ${factor}`);
  return {
    ...examples,
    input,
    async read(indices, target, labels, inputs) {
      await examples.read(indices, target, labels);
      if (inputs !== undefined)
        averageAreas(target, { ...shape, height: indices.length * shape.height }, factor, inputs);
    },
    close: () => examples.close(),
  };
}

/**
 * Each value of `target` is the mean of `factor`×`factor` pixels. Images of one size that lie one after the other may
 * be given as a single high one, since their heights divide by the factor.
 */
function averageAreas(
  pixels: Float32Array,
  { height, width, channels }: Pick<ImageShape, 'height' | 'width' | 'channels'>,
  factor: number,
  target: Float32Array,
): void {
  const row = width * channels;
  let next = 0;
  for (let y = 0; y < height; y += factor)
    for (let x = 0; x < width; x += factor)
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let dy = 0; dy < factor; dy++)
          for (let dx = 0; dx < factor; dx++) sum += pixels[(y + dy) * row + (x + dx) * channels + c] ?? 0;
        target[next++] = sum / (factor * factor);
      }
}
