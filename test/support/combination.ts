/** Returns a valid combination of parts, for tests that change one thing in it. */
import type { Combination } from '../../src/gan/combination';

const DCGAN = { network: 'dcgan', mixesExamples: false, judgesPatches: false };

export function combinationOf(
  changes: Partial<Omit<Combination, 'discriminator'>> & {
    readonly discriminator?: Partial<Combination['discriminator']>;
  } = {},
): Combination {
  return {
    data: { example: { kind: 'image', height: 8, width: 8, channels: 1 }, classes: 10 },
    objective: 'non-saturating',
    regularisers: [],
    conditioning: undefined,
    augmentation: [],
    generator: { network: 'dcgan', hasStyles: false },
    criticSteps: 1,
    batchSize: 8,
    packSize: 1,
    ...changes,
    discriminator: { ...DCGAN, ...changes.discriminator },
  };
}
