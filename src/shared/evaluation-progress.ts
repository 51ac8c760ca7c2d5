/** What is said of scoring a generator while it goes on: by the core, by `gan evaluate --json`, and in the editor. */

/** What is being done, for people, in the order in which it comes; each can be missing. */
export const PHASE_TITLES = {
  classifier: 'Training a classifier of the data, once',
  reference: 'Reading real examples',
  referenceFeatures: 'Features of the real examples, once',
  samples: 'Generating samples',
  features: 'Features of the samples',
  metrics: 'Computing scores',
} as const;
export type EvaluationPhase = keyof typeof PHASE_TITLES;

export interface EvaluationProgress {
  readonly phase: EvaluationPhase;
  /** Training steps of the classifier, examples, or metrics that are done. */
  readonly done: number;
  readonly total: number;
}

/** How long scoring will take, from what a batch took; told before it begins. Reading the real examples is over by then. */
export interface EvaluationEstimate {
  readonly seconds: number;
  /** Samples to generate. */
  readonly samples: number;
  /** Real examples to compare with. */
  readonly reference: number;
  /** Of the feature network's output, where one is used. */
  readonly features?: number;
  /** Seconds of each part; a reference whose features are in the cache takes none. */
  readonly parts: Readonly<Record<Exclude<EvaluationPhase, 'classifier' | 'reference'>, number>>;
}
