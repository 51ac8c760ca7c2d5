/**
 * The parts that an experiment combines, as seen by a part that checks whether it makes sense among them. Every part
 * may reject a combination with a reason (`unsuitable`); `src/config` reports the reason where the part is named.
 */
import type { DataShape } from '../shared/example-shape';

export interface Combination {
  readonly data: DataShape;
  readonly objective: string;
  readonly regularisers: readonly string[];
  /** Name of the class conditioning, or undefined if there is none. */
  readonly conditioning: string | undefined;
  /** Names of the transforms; empty without augmentation. */
  readonly augmentation: readonly string[];
  readonly generator: {
    readonly network: string;
    /** Whether it exposes the intermediate latent of each layer. */
    readonly hasStyles: boolean;
  };
  readonly discriminator: {
    readonly network: string;
    /** Whether an example's logit depends on the other examples of its batch, as with batch normalisation. */
    readonly mixesExamples: boolean;
    /** Whether it outputs one logit per image patch rather than one per image. */
    readonly judgesPatches: boolean;
  };
  readonly criticSteps: number;
  readonly batchSize: number;
  /** Number of examples that the discriminator judges together, 1 unless a regulariser packs them. */
  readonly packSize: number;
}
