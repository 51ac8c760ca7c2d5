/** What a measure of sample quality is, and what it is given. A new one is a file in `metrics` and a line in the registry. */

import type { Random } from '../random/random';
import { WorkbenchError } from '../shared/errors';
import type { ExampleShape } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { FloatMatrix, Multiply } from './algebra/matrix';

/** Scores were asked for that cannot be computed from what there is. */
export class EvaluationError extends WorkbenchError {}

/** Images that should have come out, and what else is known of them. */
export interface PairEvidence {
  /** `[count, ...example]`, in the order of the generated ones. */
  readonly targets: HostTensor;
  /** What predictors that learn nothing would have given, `[count, ...example]` each, by name. */
  readonly baselines: Readonly<Record<string, HostTensor>>;
}

/** A mixture of Gaussians with equal weights, from which toy data were drawn. */
export interface PointMixture {
  readonly modes: readonly (readonly [number, number])[];
  readonly standardDeviation: number;
}

/** Classes that a classifier gives with their probabilities `[count, classes]`. */
export interface ClassEvidence {
  readonly probabilities: FloatMatrix;
  /** The classes that were asked for, where the generator is told one. */
  readonly asked?: Int32Array;
  /**
   * The same of real examples `[count, classes]`, and what the classes are called, where the generator is told none: what the
   * classifier gets wrong, it gets wrong on both sides.
   */
  readonly real?: { readonly probabilities: FloatMatrix; readonly names?: readonly string[] };
  /** Share of held-out real examples that the classifier gets right. */
  readonly accuracy: number;
}

/** Features of both sides by the same network, `[count, features]`. */
export interface FeatureEvidence {
  readonly reference: FloatMatrix;
  readonly generated: FloatMatrix;
  /** Classes of both sides, where a score of each class is asked for. */
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
  readonly features?: FeatureEvidence;
  readonly classes?: ClassEvidence;
  readonly multiply: Multiply;
  /** What takes seconds ends when it is aborted, and throws its reason. */
  readonly signal?: AbortSignal;
  /** A stream of the metric's own, the same at each evaluation. */
  readonly random: Random;
}

/** What a metric cannot do without, beside generated and reference examples. */
export type EvidenceKind = 'pairs' | 'labelMap' | 'images' | 'mixture' | 'features' | 'classes';

/** Numbers of what a metric is computed from. */
export interface EvidenceSizes {
  readonly generated: number;
  readonly reference: number;
  /** Of the feature network's output; 0 where there is none. */
  readonly features: number;
  /** Values in an example. */
  readonly values: number;
}

/** What a metric has to compute, roughly, for the estimate of its time. */
export interface MetricCost {
  /** Multiplications in products of matrices. */
  readonly products: number;
  /** Simple operations outside them. */
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
  /** With section or equation. */
  readonly paper?: string;
  readonly needs: readonly EvidenceKind[];
  /** Why these data cannot be scored, as a sentence; undefined where they can. */
  unsuitable?(evidence: Evidence): string | undefined;
  /** Left out where it takes next to no time beside the others. */
  cost?(sizes: EvidenceSizes): MetricCost;
  /** Throws `EvaluationError` where a needed part is missing. */
  score(evidence: Evidence): Promise<readonly Score[]> | readonly Score[];
}

/** A part of the evidence that the metric has declared to need. */
export function required<Part>(part: Part | undefined, metric: string, what: string): Part {
  if (part !== undefined) return part;
  throw new EvaluationError(
    localizable('The metric "{0}" needs {1}, which this data does not provide.', metric, what),
    localizable('Choose metrics that suit the data. By default, all that suit it are computed.'),
  );
}
