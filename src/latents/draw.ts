/** Latents drawn from a seed: the same on every machine, so that a sample can be reproduced. */
import { Random } from '../random/random';
import type { LatentSpace } from '../shared/latent-space';

/**
 * Returns a latent `[size]`. With a threshold, values of a normal prior with a larger magnitude are redrawn: the
 * truncation trick (Brock et al. 2019, "Large Scale GAN Training", section 3.1), which trades variety for better single
 * samples. Each value has a separate random stream, so that a threshold changes only the values above it.
 *
 * @param seed an integer
 * @param threshold positive; omit it for no truncation. A uniform prior is never truncated
 */
export function drawLatent({ size, prior }: LatentSpace, seed: number, threshold?: number): Float32Array {
  const latent = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const random = Random.seeded(seed, `latent ${i}`);
    if (prior === 'uniform') random.fillUniform(latent.subarray(i, i + 1), -1, 1);
    else latent[i] = truncatedNormal(random, threshold ?? Number.POSITIVE_INFINITY);
  }
  return latent;
}

function truncatedNormal(random: Random, threshold: number): number {
  if (!(threshold > 0)) throw new RangeError(`nothing is left of a latent truncated at ${threshold}`);
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) <= threshold) return value;
  }
}
