/** A position in latent space as the user chooses it, and its latent. */
import type { LatentEnd, LatentPlace } from '../shared/explorer-protocol';
import type { LatentSpace } from '../shared/latent-space';
import { drawLatent } from './draw';
import { slerp } from './slerp';

/**
 * Returns a latent `[size]`: interpolated between the two ends by `mix`, then moved along the directions by
 * `offsets` in standard deviations of the prior. With a uniform prior it is clamped to the cube, beyond which the
 * generator was never trained.
 */
export function latentAt(
  space: LatentSpace,
  directions: readonly Float32Array[],
  { from, to, mix, offsets, truncation }: LatentPlace,
): Float32Array {
  const latent = slerp(endOf(space, from, truncation), endOf(space, to, truncation), mix);
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

/** Only drawn latents are truncated: one that was found is where it is. */
function endOf(space: LatentSpace, end: LatentEnd, truncation: number | undefined): Float32Array {
  if (typeof end === 'number') return drawLatent(space, end, truncation);
  const { values } = end;
  if (values.length !== space.size)
    throw new RangeError(`a latent of ${space.size} values is needed, found ${values.length}`);
  return Float32Array.from(values);
}
