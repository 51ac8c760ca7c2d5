/** A closed path through latents, for animations that repeat without a jump. */
import type { LatentSpace } from '../shared/latent-space';
import { slerp } from './slerp';

export interface Stop {
  /** `[size]` */
  readonly latent: Float32Array;
  /** Of runs with classes. */
  readonly label?: number;
}

export interface LoopPlace {
  /** `[size]` */
  readonly latent: Float32Array;
  /** Labels of the stops before and after it, with their shares. */
  readonly labels: readonly { readonly label: number; readonly share: number }[];
}

/**
 * The place at a distance from the first stop, in stops: on an arc between two stops of a normal prior (White 2016,
 * "Sampling Generative Networks"), on a straight line within the cube of a uniform one. The class changes in a straight
 * line between their one-hot vectors.
 */
export function placeOnLoop(
  stops: readonly Stop[],
  distance: number,
  prior: LatentSpace['prior'],
): LoopPlace {
  const before = Math.floor(distance);
  const from = stops[before % stops.length];
  const to = stops[(before + 1) % stops.length];
  if (from === undefined || to === undefined) throw new RangeError('a loop needs at least one stop');
  const share = distance - before;
  const latent =
    prior === 'normal'
      ? slerp(from.latent, to.latent, share)
      : from.latent.map((value, i) => (1 - share) * value + share * (to.latent[i] ?? 0));
  return {
    latent,
    labels: [
      { label: from.label ?? 0, share: 1 - share },
      { label: to.label ?? 0, share },
    ],
  };
}

/** Weights of the classes at each place, `[places, classes]`, whose rows sum to 1. */
export function classShares(places: readonly LoopPlace[], classes: number): Float32Array {
  const shares = new Float32Array(places.length * classes);
  for (const [row, { labels }] of places.entries())
    for (const { label, share } of labels) {
      const index = row * classes + Math.min(label, classes - 1);
      shares[index] = (shares[index] ?? 0) + share;
    }
  return shares;
}
