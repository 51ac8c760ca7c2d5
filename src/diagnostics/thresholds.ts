/**
 * Every number that a rule judges by, in one place. They were set so that the troubles made on purpose in
 * `test/provocations` are found and the presets are left in peace; `bench/evidence/diagnostics.mjs` judges both by them and
 * writes what it found into docs/measurements.md.
 *
 * Windows are counted in step records, which are steps unless `logging.logEvery` says otherwise.
 */

/** Rules that are not urgent are asked at each so many records. */
export const JUDGED_EVERY = 5;
/** The most records that a rule can look back at. */
export const LONGEST_WINDOW = 200;
/**
 * Records of the beginning that later ones are compared with: few, since a gradient that vanishes or explodes can do so
 * within fifty.
 */
export const BEGINNING_RECORDS = 10;
/**
 * A condition that has been absent at so many judgements in a row has ceased, and is told again when it comes back. Samples
 * are judged far more seldom than curves.
 */
export const CEASED_AFTER = { curves: 40, samples: 5 } as const;

export const OVERPOWERING = {
  window: 30,
  /** Where the scores are probabilities: D(x) above, D(G(z)) below, in the mean. */
  realScore: 0.9,
  fakeScore: 0.1,
  /**
   * The discriminator's loss on the way from sure (0) to undecided (1), in the mean: the textbook network goes below 0.1,
   * and generators that still learn have been seen at 0.19.
   */
  lossShare: 0.15,
} as const;

export const VANISHING = {
  window: 50,
  /** Of the generator's gradient norm at the beginning; presets go down to 0.03, where samples fit already. */
  share: 0.01,
} as const;

export const EXPLODING = {
  window: 20,
  /** Times the generator's gradient norm at the beginning, in the median; presets go up to 8. */
  factor: 50,
} as const;

export const NAN_PRECURSORS = {
  window: 5,
  /** No loss or gradient norm of a healthy GAN is of this size. Squares in float32 end at 3e38. */
  magnitude: 1e5,
} as const;

export const RATE_TOO_HIGH = {
  window: 30,
  /** The discriminator's loss on the way from sure (0) to undecided (1): worse than guessing by so much … */
  lossShare: 2,
  /** … in so large a share of the records … */
  records: 0.2,
  /**
   * … and by so much in the mean. Networks as they are initialised do worse than guessing for a while (1.9 over the
   * first thirty steps of `digits-vanilla`); steps that are too long throw them much farther (from 8 on).
   */
  meanLossShare: 4,
} as const;

export const OSCILLATION = {
  window: 200,
  /** Records that a swing takes. */
  shortestPeriod: 10,
  longestPeriod: 80,
  /** Correlation of the generator's loss with itself a period earlier: presets reach 0.4, players that circle 0.6 to 0.9. */
  correlation: 0.55,
  /** Standard deviation of the smoothed loss, of its mean size. */
  swing: 0.3,
} as const;

export const COLLAPSE = {
  /** Before this step a healthy generator has hardly begun: perceptrons on images begin with one gray blur. */
  firstStep: { points: 400, images: 1000 },
  /**
   * Of the diversity of real examples. Points: half of eight modes are left out. Images: `digits-vanilla` begins with
   * 0.23, and a generator that has collapsed stays at 0.1.
   */
  diversity: { points: 0.6, images: 0.2 },
  /** Distance of a sample to the one most like it, of that between real images. */
  nearest: 0.15,
  /** Of how often a class comes among real images: one that has less in so many scores in a row is left out. */
  classShare: 0.1,
  /** `digits-vanilla`, scored every 500 steps, makes no zeros in two scores in a row and makes them later. */
  classScores: 3,
  /** Measures that must all be low … */
  measures: 2,
  /** … and must not rise by so much from the first to the last: what still spreads has not collapsed. */
  rise: 1.2,
} as const;

export const DIVERSITY_LOSS = {
  /** Measures that there must be before a loss is looked for. */
  measures: 4,
  /** What it must have been: who has never been diverse has nothing to lose. */
  least: 0.5,
  /** Of the median of the earlier measures. */
  share: 0.75,
} as const;

export const MEMORISATION = {
  firstStep: 200,
  /** How much nearer samples are to training than to held-out images, of what held-out images themselves are. */
  ratio: 0.6,
  measures: 2,
} as const;

export const STALLED = {
  firstStep: 200,
  /** Movement of the samples in a hundred steps, of their spread. */
  movement: 0.01,
  /** Intervals between measures, all of which are still. */
  intervals: 2,
} as const;

/** How often samples are measured: no more than this would keep to 0.2 ms a step. */
export const SAMPLE_GAPS = { diversitySteps: 50, memorisationSteps: 200 } as const;
