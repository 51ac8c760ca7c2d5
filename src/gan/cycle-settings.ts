/** Everything that defines the training of a CycleGAN, with names from a config already resolved to functions. */

import type { Network } from '../nn/scope';
import type { ImageShape } from '../shared/example-shape';
import type { RunSettings } from './settings';

/** From the images given to the examples, and from the examples to the images given. */
export const DIRECTIONS = ['forward', 'back'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** One way of translating, and who judges it. */
export interface Translation {
  readonly from: ImageShape;
  readonly to: ImageShape;
  /** `[batch, ...from] -> [batch, ...to]` */
  readonly generator: Network;
  /** Judges `[batch, ...to]` alone: of unpaired images there is none that goes with another. */
  readonly discriminator: Network;
}

export interface CycleSettings extends RunSettings {
  readonly translations: Readonly<Record<Direction, Translation>>;
  /** λ of the cycle-consistency loss. */
  readonly cycleWeight: number;
  /** Of the identity loss; 0 where the images of both sides are of different shapes. */
  readonly identityWeight: number;
  /** Images in the pool of each direction; 0 for none. */
  readonly poolSize: number;
}
