/** The shapes of opened data, in the form that `DataShape` declares them beforehand. */
import type { DataShape } from '../shared/example-shape';
import type { Dataset } from './source';

/** Shapes, classes and inputs of opened data. */
export function shapeOf({ train, unpairedInputs }: Dataset): DataShape {
  const unpaired = unpairedInputs?.train.shape;
  const input =
    train.input !== undefined
      ? { shape: train.input, paired: true }
      : unpaired?.kind === 'image'
        ? { shape: unpaired, paired: false }
        : undefined;
  return { example: train.shape, classes: train.classes, ...(input === undefined ? {} : { input }) };
}
