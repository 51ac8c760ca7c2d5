/** Stacks grey images of labelled data as the channels of one image, chosen at random: many modes, all of them known. */
import { createHash } from 'node:crypto';
import { Random } from '../random/random';
import type { ImageShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';
import type { Dataset, Examples } from './source';

/** Red, green and blue. */
export const STACKED = 3;

export interface StackCounts {
  readonly train: number;
  readonly heldOut: number;
}

/**
 * Each part stacks images of the same part of `grey`. The choice depends on the index alone, so that runs with different
 * seeds train on the same examples. Closing a part closes that of `grey`.
 *
 * @param grey data with images `[height, width, 1]`
 */
export function stack(grey: Dataset, counts: StackCounts): Dataset {
  return {
    train: stackedPart(grey.train, counts.train, 'stacked train'),
    heldOut: stackedPart(grey.heldOut, counts.heldOut, 'stacked held-out'),
    stackedFrom: grey,
    ...(grey.fingerprint === undefined
      ? {}
      : {
          fingerprint: createHash('sha256')
            .update(`${grey.fingerprint} stacked ${counts.train} ${counts.heldOut}`)
            .digest('hex'),
        }),
  };
}

function stackedPart(grey: Examples, count: number, stream: string): Examples {
  const shape = stackedShape(grey);
  const pixels = sizeOf(exampleExtents(grey.shape));
  return {
    count,
    shape,
    classes: 0,
    async read(indices, target) {
      const chosen = Uint32Array.from(
        [...indices].flatMap((index) => {
          const random = Random.seeded(index, stream);
          return Array.from({ length: STACKED }, () => random.below(grey.count));
        }),
      );
      const planes = new Float32Array(chosen.length * pixels);
      await grey.read(chosen, planes);
      for (let plane = 0; plane < chosen.length; plane++) {
        const start = Math.floor(plane / STACKED) * STACKED * pixels + (plane % STACKED);
        for (let i = 0; i < pixels; i++) target[start + i * STACKED] = planes[plane * pixels + i] ?? 0;
      }
    },
    close: () => grey.close(),
  };
}

function stackedShape({ shape }: Examples): ImageShape {
  if (shape.kind !== 'image' || shape.channels !== 1)
    throw new RangeError(`grey images are needed for stacking, found [${exampleExtents(shape).join(', ')}]`);
  return { ...shape, channels: STACKED };
}
