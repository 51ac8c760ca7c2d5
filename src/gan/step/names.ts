/** Names of what the programs of a step take, give and keep beside the networks' own leaves. */

/** Leaf: probability of adaptive augmentation. */
export const AUGMENT_PROBABILITY = 'augment/probability';

/** Inputs that a caller supplies. */
export const INPUTS = {
  /** `[batch, ...example]` */
  real: 'real',
  /** `[batch, ...input]`: the images given, with the real ones or, of unpaired data, beside them. */
  given: 'given',
  /** One-hot `[batch, classes]` of the real examples, and of those to be generated. */
  realLabels: 'realLabels',
  fakeLabels: 'fakeLabels',
  /** Share of the run that is done. */
  progress: 'progress',
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
  /** What only some experiments have: `extra.r1Penalty`. */
  extra: (name: string) => `extra.${name}`,
} as const;

/** Name under which a value of a part is recorded: `r1Penalty`, `gradientPenalty`, `crossEntropyLoss`. */
export function recordName(part: string, kind: 'Penalty' | 'Loss'): string {
  const camel = part.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return camel.endsWith(kind) ? camel : `${camel}${kind}`;
}
