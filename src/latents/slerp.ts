/** Interpolation between latents that stays where the prior has its mass. */

/** Below this sine the two directions are equal or opposite, and the arc between them is not unique. */
const LEAST_SINE = 1e-6;

/**
 * Spherical linear interpolation (Shoemake 1985, "Animating rotation with quaternion curves"), for latents after White
 * 2016, "Sampling Generative Networks": sin((1-t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b, with Ω the angle between a and b. In
 * many dimensions nearly all latents of a prior have about the same norm, which a straight line does not keep. Falls
 * back to a straight line if there is no unique arc (the same direction, opposite ones, a zero latent).
 *
 * @param from `[size]`
 * @param to `[size]`
 * @param share 0 gives `from` and 1 gives `to`
 */
export function slerp(from: Float32Array, to: Float32Array, share: number): Float32Array {
  let product = 0;
  let fromSquares = 0;
  let toSquares = 0;
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [from[i] ?? 0, to[i] ?? 0];
    product += a * b;
    fromSquares += a * a;
    toSquares += b * b;
  }
  const cosine = product / Math.sqrt(fromSquares * toSquares);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  const sine = Math.sin(angle);
  const isArc = sine > LEAST_SINE;
  const fromWeight = isArc ? Math.sin((1 - share) * angle) / sine : 1 - share;
  const toWeight = isArc ? Math.sin(share * angle) / sine : share;
  return from.map((value, i) => fromWeight * value + toWeight * (to[i] ?? 0));
}
