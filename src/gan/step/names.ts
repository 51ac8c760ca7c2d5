/** Names of the inputs, outputs, taps and leaves of a step's programs, other than the networks' leaves. */

/** Leaf: probability of adaptive augmentation. */
export const AUGMENT_PROBABILITY = 'augment/probability';

/** Tap of a generator: the intermediate latents of all layers, `[batch, layers, size]`. */
export const STYLES = 'styles';

/** Inputs supplied by the caller. */
export const INPUTS = {
  /** `[batch, ...example]` */
  real: 'real',
  /** `[batch, ...input]`: the input images, paired with the real ones or, in unpaired data, independent of them. */
  given: 'given',
  /** One-hot `[batch, classes]` of the real examples, and of those to generate. */
  realLabels: 'realLabels',
  fakeLabels: 'fakeLabels',
  /** Fraction of the run that is completed. */
  progress: 'progress',
  /** A scalar that changes during training, by the name under which it is recorded. */
  scheduled: (name: string) => `scheduled.${name}`,
} as const;

/** Outputs of the training programs. */
export const OUTPUTS = {
  discriminatorLoss: 'discriminatorLoss',
  generatorLoss: 'generatorLoss',
  realScore: 'realScore',
  fakeScore: 'fakeScore',
  /** Sum of squares of each trained leaf's gradient, in the leaves' order. */
  discriminatorGradientSquares: 'discriminatorGradientSquares',
  generatorGradientSquares: 'generatorGradientSquares',
  /** Outputs specific to some experiments: `extra.r1Penalty`. */
  extra: (name: string) => `extra.${name}`,
} as const;

/** Names under which scheduled settings other than weights of penalties are recorded. */
export const SCHEDULED = {
  augmentProbability: 'augmentProbability',
  augmentTarget: 'augmentTarget',
  emaDecay: 'emaDecay',
  topK: 'topK',
} as const;

/** Name under which a part's value is recorded: `r1Penalty`, `r1Weight`, `gradientPenalty`, `crossEntropyLoss`. */
export function recordName(part: string, kind: 'Penalty' | 'Weight' | 'Loss'): string {
  const camel = part.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return camel.endsWith(kind) ? camel : `${camel}${kind}`;
}
