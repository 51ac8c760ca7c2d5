/** Latents that a number names: the same on every machine, so that a sample that was liked can be had again. */
import { Random } from '../random/random';
import type { LatentSpace } from '../shared/latent-space';

/**
 * `[size]`. With a threshold, values of a normal prior whose magnitude is above it are drawn again until it is not: the
 * truncation trick (Brock et al. 2019, "Large Scale GAN Training", section 3.1), better single samples for less variety.
 * Each value has a stream of its own, so that a threshold changes those above it and no others.
 *
 * @param seed a whole number
 * @param threshold above 0; nothing is truncated where it is left out, and a uniform prior never is
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
