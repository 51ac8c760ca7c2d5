/** The layers of the plane, which the user shows and hides: the same for all planes of a page. */

/** In the order in which they are listed. */
export const PLANE_LAYERS = [
  'realPoints',
  'fakePoints',
  'discriminator',
  'gradients',
  'manifold',
  'realDensity',
  'fakeDensity',
] as const;
export type PlaneLayer = (typeof PLANE_LAYERS)[number];

export const DEFAULT_LAYERS: readonly PlaneLayer[] = ['realPoints', 'fakePoints', 'discriminator'];
