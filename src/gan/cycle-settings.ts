/** Settings of a CycleGAN run, with names from a config already resolved to functions. */

import type { Network } from '../nn/scope';
import type { ImageShape } from '../shared/example-shape';
import type { RunSettings } from './settings';

/** Forward translates the input images into examples, back translates examples into input images. */
export const DIRECTIONS = ['forward', 'back'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** One direction of translation, and its discriminator. */
export interface Translation {
  readonly from: ImageShape;
  readonly to: ImageShape;
  /** `[batch, ...from] -> [batch, ...to]` */
  readonly generator: Network;
  /** Judges `[batch, ...to]` alone, since unpaired images have no counterpart. */
  readonly discriminator: Network;
}

export interface CycleSettings extends RunSettings {
  readonly translations: Readonly<Record<Direction, Translation>>;
  /** Weight λ of the cycle-consistency loss. */
  readonly cycleWeight: number;
  /** Weight of the identity loss; 0 where the two sides have images of different shapes. */
  readonly identityWeight: number;
  /** Size of the image pool of each direction; 0 for none. */
  readonly poolSize: number;
}
