/**
 * Titles of the values that only some runs record, by recorded name; a value recorded for both players is listed
 * without the player. A test checks them against the parts that record them.
 */
export const CURVE_TITLES = {
  adamBeta2: 'Adam’s β₂',
  augmentProbability: 'Augmentation probability',
  augmentTarget: 'Augmentation target',
  classLoss: 'Class loss',
  consistencyPenalty: 'Consistency penalty',
  consistencyWeight: 'Consistency weight',
  crossEntropyLoss: 'Cross-entropy loss',
  cycleLoss: 'Cycle loss',
  draganPenalty: 'DRAGAN penalty',
  draganWeight: 'DRAGAN weight',
  emaDecay: 'EMA decay',
  featuresLoss: 'Feature loss',
  gradientPenalty: 'Gradient penalty',
  gradientPenaltyWeight: 'Gradient penalty weight',
  identityLoss: 'Identity loss',
  l1Loss: 'L1 loss',
  l2Loss: 'L2 loss',
  lecamPenalty: 'LeCam penalty',
  lecamWeight: 'LeCam weight',
  pathLengthPenalty: 'Path length penalty',
  pathLengthWeight: 'Path length weight',
  r1Penalty: 'R1 penalty',
  r1Weight: 'R1 weight',
  r2Penalty: 'R2 penalty',
  r2Weight: 'R2 weight',
  sanPenalty: 'SAN direction',
  sanWeight: 'SAN weight',
  topK: 'Top-k fraction',
} as const;
