/** Super-resolution pairs from any images: the input is the example, downscaled. */

import type { ImageShape } from '../shared/example-shape';
import type { Dataset, Examples } from './source';

/**
 * The shape of the input that is upscaled by `factor` to the example; undefined for label maps, or if `factor` does not
 * divide the example's size.
 */
export function reducedShape(example: ImageShape, factor: number): ImageShape | undefined {
  const [height, width] = [example.height / factor, example.width / factor];
  if (!Number.isInteger(height) || !Number.isInteger(width) || example.labelMap !== undefined)
    return undefined;
  return { kind: 'image', height, width, channels: example.channels };
}

/**
 * Plain images as pairs. Throws `RangeError` if `reducedShape` returns undefined, which config validation rules out.
 */
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
 * Averages blocks of `factor`×`factor` pixels. Consecutive images of the same size may be passed as a single tall
 * image, since their heights are multiples of the factor.
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
