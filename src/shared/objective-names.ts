/** Names of the objectives, for pages that offer a choice; a test holds them to the registry. */
export const OBJECTIVE_NAMES = [
  'non-saturating',
  'minimax',
  'least-squares',
  'wasserstein',
  'hinge',
  'relativistic-average',
  'relativistic-pairing',
] as const;
