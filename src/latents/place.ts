/** A place in latent space as a person chooses it, and the latent that stands there. */
import type { LatentPlace } from '../shared/explorer-protocol';
import type { LatentSpace } from '../shared/latent-space';
import { drawLatent } from './draw';
import { slerp } from './slerp';

/**
 * `[size]`: between the two drawn latents by `mix`, then moved along the directions, `offsets` in standard deviations of
 * the prior. What leaves the cube of a uniform prior is held at its border, beyond which the generator has seen nothing.
 */
export function latentAt(
  space: LatentSpace,
  directions: readonly Float32Array[],
  { from, to, mix, offsets, truncation }: LatentPlace,
): Float32Array {
  const latent = slerp(drawLatent(space, from, truncation), drawLatent(space, to, truncation), mix);
  const isUniform = space.prior === 'uniform';
  const deviation = isUniform ? 1 / Math.sqrt(3) : 1;
  for (const [k, offset] of offsets.entries()) {
    const direction = directions[k];
    if (direction === undefined || offset === 0) continue;
    for (let i = 0; i < latent.length; i++)
      latent[i] = (latent[i] ?? 0) + offset * deviation * (direction[i] ?? 0);
  }
  return isUniform ? latent.map((value) => Math.max(-1, Math.min(1, value))) : latent;
}
