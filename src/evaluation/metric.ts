/** A metric of sample quality, and its inputs. To add one, create a file in `metrics` and list it in the registry. */

import type { PointMixture } from '../data/points/distribution';
import type { Random } from '../random/random';
import { WorkbenchError } from '../shared/errors';
import type { ExampleShape } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { FloatMatrix, Multiply } from './algebra/matrix';

/** The requested scores cannot be computed from the available data. */
export class EvaluationError extends WorkbenchError {}

/** The target images, and the baselines for them. */
export interface PairEvidence {
  /** `[count, ...example]`, in the order of the generated images. */
  readonly targets: HostTensor;
  /** Outputs of predictors that learn nothing, `[count, ...example]` each, by name. */
  readonly baselines: Readonly<Record<string, HostTensor>>;
}

/** Classes that a classifier of the grey images sees in the channels of stacked ones. */
export interface StackEvidence {
  /** The combination of classes of each generated image `[count]`, a number to the base of their count, red first. */
  readonly modes: Int32Array;
  /** The probability of each combination in the data. */
  readonly expected: Float64Array;
  /** Accuracy of the classifier on held-out grey images. */
  readonly accuracy: number;
}

/** Class predictions of a classifier, with probabilities `[count, classes]`. */
export interface ClassEvidence {
  readonly probabilities: FloatMatrix;
  /** The requested classes, where the generator is class-conditional. */
  readonly asked?: Int32Array;
  /**
   * The same for real examples `[count, classes]`, with the names of the classes, where the generator is unconditional:
   * the classifier's errors then affect both sides alike.
   */
  readonly real?: { readonly probabilities: FloatMatrix; readonly names?: readonly string[] };
  /** Accuracy of the classifier on held-out real examples. */
  readonly accuracy: number;
}

/** Features of both sides from the same network, `[count, features]`. */
export interface FeatureEvidence {
  readonly reference: FloatMatrix;
  readonly generated: FloatMatrix;
  /** Classes of both sides, where scores per class are requested. */
  readonly classes?: {
    readonly count: number;
    readonly names?: readonly string[];
    readonly reference: Int32Array;
    readonly generated: Int32Array;
  };
}

export interface Evidence {
  readonly example: ExampleShape;
  /** `[count, ...example]`: images in [-1, 1], or points. */
  readonly generated: HostTensor;
  /** Real examples `[count, ...example]`. */
  readonly reference: HostTensor;
  readonly pairs?: PairEvidence;
  readonly mixture?: PointMixture;
  readonly stack?: StackEvidence;
  readonly features?: FeatureEvidence;
  readonly classes?: ClassEvidence;
  readonly multiply: Multiply;
  /** Aborts metrics that take seconds, which then throw its reason. */
  readonly signal?: AbortSignal;
  /** A separate random stream for the metric, the same at each evaluation. */
  readonly random: Random;
}

/** Evidence that a metric requires, in addition to generated and reference examples. */
export type EvidenceKind =
  | 'pairs'
  | 'labelMap'
  | 'images'
  | 'points'
  | 'mixture'
  | 'stack'
  | 'features'
  | 'classes';

/** Numbers that determine the cost of a metric. */
export interface EvidenceSizes {
  readonly generated: number;
  readonly reference: number;
  /** Width of the feature network's output; 0 where there is none. */
  readonly features: number;
  /** Number of values in an example. */
  readonly values: number;
}

/** Rough amount of computation of a metric, for the time estimate. */
export interface MetricCost {
  /** Multiplications in matrix products. */
  readonly products: number;
  /** Simple operations outside matrix products. */
  readonly operations: number;
}

export interface Score {
  /** One of `SCORE_KINDS`. */
  readonly name: string;
  readonly value: number;
  readonly details?: Readonly<Record<string, number | string>>;
}

export interface Metric {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Citation with section or equation. */
  readonly paper?: string;
  readonly needs: readonly EvidenceKind[];
  /** Returns why this data cannot be scored, as a sentence; undefined if it can. */
  unsuitable?(evidence: Evidence): LocalizableText | undefined;
  /** Omitted if it takes negligible time compared with the others. */
  cost?(sizes: EvidenceSizes): MetricCost;
  /** Throws `EvaluationError` if required evidence is missing. */
  score(evidence: Evidence): Promise<readonly Score[]> | readonly Score[];
}

/** Returns a part of the evidence that the metric requires; throws `EvaluationError` if it is missing. */
export function required<Part>(part: Part | undefined, metric: string, what: string): Part {
  if (part !== undefined) return part;
  throw new EvaluationError(
    localizable('The metric "{0}" needs {1}, which this data does not provide.', metric, what),
    localizable('Choose metrics that suit the data. By default, all that suit it are computed.'),
  );
}
