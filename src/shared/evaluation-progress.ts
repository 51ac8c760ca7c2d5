/** Progress of scoring a generator, as reported by the core, by `gan evaluate --json` and in the editor. */

/** Phase titles shown to the user, in order; any phase can be missing. */
export const PHASE_TITLES = {
  classifier: 'Training a classifier on this dataset (first time only)',
  reference: 'Reading real examples',
  referenceFeatures: 'Extracting features of real examples (first time only)',
  samples: 'Generating samples',
  features: 'Extracting features of the samples',
  metrics: 'Computing scores',
} as const;
export type EvaluationPhase = keyof typeof PHASE_TITLES;

export interface EvaluationProgress {
  readonly phase: EvaluationPhase;
  /** Completed training steps of the classifier, examples, or metrics. */
  readonly done: number;
  readonly total: number;
}

/**
 * Estimated scoring time, extrapolated from one batch and reported before scoring starts, after the real examples were
 * read.
 */
export interface EvaluationEstimate {
  readonly seconds: number;
  /** Samples to generate. */
  readonly samples: number;
  /** Real examples to compare with. */
  readonly reference: number;
  /** Dimension of the feature network's output, if one is used. */
  readonly features?: number;
  /** Seconds per phase; zero for reference features that are cached. */
  readonly parts: Readonly<Record<Exclude<EvaluationPhase, 'classifier' | 'reference'>, number>>;
}
