/**
 * Thresholds of all rules, in one place. They are tuned so that the failures provoked in `test/provocations` are
 * detected and the presets trigger nothing; `bench/evidence/diagnostics.mjs` checks both and writes the results to
 * docs/measurements.md.
 *
 * Windows are counted in step records, which are steps unless `logging.logEvery` is set.
 */

/** Non-urgent rules are evaluated once per this many records. */
export const JUDGED_EVERY = 5;
/** Maximum number of records that a rule can look back at. */
export const LONGEST_WINDOW = 200;
/**
 * Number of initial records that later ones are compared with: few, since a gradient can vanish or explode within
 * fifty.
 */
export const BEGINNING_RECORDS = 10;
/**
 * A finding is cleared after its condition has been absent for this many consecutive evaluations, and reported again
 * when it returns. Samples are evaluated far less often than curves.
 */
export const CEASED_AFTER = { curves: 40, samples: 5 } as const;

export const OVERPOWERING = {
  window: 30,
  /** Where scores are probabilities: mean D(x) above the first, mean D(G(z)) below the second. */
  realScore: 0.9,
  fakeScore: 0.1,
  /**
   * Mean position of the discriminator's loss between sure (0) and undecided (1): the textbook network goes below 0.1,
   * and generators that still learn were observed at 0.19.
   */
  lossShare: 0.15,
} as const;

export const VANISHING = {
  window: 50,
  /** Relative to the generator's initial gradient norm; presets go down to 0.03, once samples are good. */
  share: 0.01,
} as const;

export const EXPLODING = {
  window: 20,
  /** Multiple of the generator's initial gradient norm, by medians; presets go up to 8. */
  factor: 50,
} as const;

export const NAN_PRECURSORS = {
  window: 5,
  /** No loss or gradient norm of a healthy GAN is this large. Squares in float32 overflow at 3e38. */
  magnitude: 1e5,
} as const;

export const RATE_TOO_HIGH = {
  window: 30,
  /** Position of the discriminator's loss between sure (0) and undecided (1): this much worse than guessing … */
  lossShare: 2,
  /** … in this share of the records … */
  records: 0.2,
  /**
   * … and this much on average. Freshly initialised networks are worse than guessing for a while (1.9 over the first
   * thirty steps of `digits-vanilla`); too large steps push them much further (8 and more).
   */
  meanLossShare: 4,
} as const;

export const OSCILLATION = {
  window: 200,
  /** Period of an oscillation, in records. */
  shortestPeriod: 10,
  longestPeriod: 80,
  /** Autocorrelation of the generator's loss at one period: presets reach 0.4, oscillating players 0.6 to 0.9. */
  correlation: 0.55,
  /** Standard deviation of the smoothed loss, relative to its mean magnitude. */
  swing: 0.3,
} as const;

export const COLLAPSE = {
  /**
   * Before this step a healthy generator has hardly begun to learn: perceptrons on images start with a single grey
   * blur.
   */
  firstStep: { points: 400, images: 1000 },
  /**
   * Relative to the diversity of real examples. Points: half of eight modes are missing. Images: `digits-vanilla`
   * starts at 0.23, and a collapsed generator stays at 0.1.
   */
  diversity: { points: 0.6, images: 0.2 },
  /** Distance between a sample and the most similar one, relative to that between real images. */
  nearest: 0.15,
  /**
   * Relative to the frequency of a class among real images: a class below it in `classScores` consecutive scores is
   * left out.
   */
  classShare: 0.1,
  /** `digits-vanilla`, scored every 500 steps, generates no zeros in two consecutive scores but does later. */
  classScores: 3,
  /** Number of measures that must all be low … */
  measures: 2,
  /** … and must not rise by this factor from first to last: samples that still spread have not collapsed. */
  rise: 1.2,
} as const;

export const DIVERSITY_LOSS = {
  /** Minimum number of measures before a loss is looked for. */
  measures: 4,
  /** Minimum earlier diversity: samples that were never diverse have none to lose. */
  least: 0.5,
  /** Relative to the median of the better half of the earlier measures. */
  share: 0.75,
} as const;

export const MEMORISATION = {
  firstStep: 200,
  /** How much nearer samples are to training than to held-out images, relative to held-out images themselves. */
  ratio: 0.6,
  measures: 2,
} as const;

export const STALLED = {
  firstStep: 200,
  /** Movement of the samples per hundred steps, relative to their spread. */
  movement: 0.01,
  /** Number of consecutive intervals between measures without movement. */
  intervals: 2,
} as const;

/** Minimum steps between measures of samples, which keeps the cost to 0.2 ms per step. */
export const SAMPLE_GAPS = { diversitySteps: 50, memorisationSteps: 200 } as const;
