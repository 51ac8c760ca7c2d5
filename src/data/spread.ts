/** Part of a body of examples, taken from all over it: data may be sorted, by class above all. */
import { select } from './divide';
import type { Dataset, Examples } from './source';

/** At most `most` of `count` numbers from 0 on, in order and evenly spread; all where there are no more. */
export function spreadIndices(count: number, most: number): Uint32Array {
  const taken = Math.min(count, most);
  return Uint32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}

/** At most `most` examples as a body of their own; closing it closes the whole. */
export function spreadExamples(examples: Examples, most: number): Examples {
  if (examples.count <= most) return examples;
  return select(examples, spreadIndices(examples.count, most));
}

/** The same of every part. */
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
