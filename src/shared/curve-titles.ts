/**
 * Titles of the values that only some runs record, by recorded name; a value recorded for both players is listed
 * without the player. A test checks them against the parts that record them.
 */
export const CURVE_TITLES = {
  augmentProbability: 'Augmentation probability',
  classLoss: 'Class loss',
  consistencyPenalty: 'Consistency penalty',
  crossEntropyLoss: 'Cross-entropy loss',
  cycleLoss: 'Cycle loss',
  draganPenalty: 'DRAGAN penalty',
  featuresLoss: 'Feature loss',
  gradientPenalty: 'Gradient penalty',
  identityLoss: 'Identity loss',
  l1Loss: 'L1 loss',
  l2Loss: 'L2 loss',
  r1Penalty: 'R1 penalty',
  r2Penalty: 'R2 penalty',
} as const;
