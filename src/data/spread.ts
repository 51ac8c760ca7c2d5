/** Subsets spread over a whole dataset, since data may be sorted, typically by class. */
import { select } from './divide';
import type { Dataset, Examples } from './source';

/** At most `most` indices below `count`, in order and evenly spread; all if there are no more. */
export function spreadIndices(count: number, most: number): Uint32Array {
  const taken = Math.min(count, most);
  return Uint32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}

/** At most `most` examples as a subset; closing it closes the whole. */
export function spreadExamples(examples: Examples, most: number): Examples {
  if (examples.count <= most) return examples;
  return select(examples, spreadIndices(examples.count, most));
}

/** Applies `spreadExamples` to every part. */
export function spreadDataset({ train, heldOut, unpairedInputs, ...rest }: Dataset, most: number): Dataset {
  return {
    ...rest,
    train: spreadExamples(train, most),
    heldOut: spreadExamples(heldOut, most),
    ...(unpairedInputs === undefined
      ? {}
      : {
          unpairedInputs: {
            train: spreadExamples(unpairedInputs.train, most),
            heldOut: spreadExamples(unpairedInputs.heldOut, most),
          },
        }),
  };
}
