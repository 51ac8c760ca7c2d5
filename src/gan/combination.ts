/**
 * What an experiment puts together, as a part sees it that must say whether it makes sense there. Every part may
 * refuse a combination with a reason (`unsuitable`); `src/config` shows the reason where the part is named.
 */
import type { DataShape } from '../shared/example-shape';
import type { LocalizableText } from '../shared/localizable-text';

export interface Combination {
  readonly data: DataShape;
  readonly objective: string;
  readonly regularisers: readonly string[];
  /** Name of the conditioning on class, or undefined where there is none. */
  readonly conditioning: string | undefined;
  /** Names of the transforms; none where there is no augmentation. */
  readonly augmentation: readonly string[];
  readonly generator: string;
  readonly discriminator: {
    readonly network: string;
    /** Whether an example's logit depends on the other examples of its batch, as batch normalisation makes it. */
    readonly mixesExamples: boolean;
    /** Whether it gives one logit for each patch of an image rather than one for the whole. */
    readonly judgesPatches: boolean;
  };
  readonly criticSteps: number;
  readonly batchSize: number;
}

/** Why a part cannot be used in this combination, as a clause without a full stop; or undefined. */
export type Unsuitable<Options> = (options: Options, combination: Combination) => LocalizableText | undefined;
