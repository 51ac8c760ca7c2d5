/** Weights of bicubic upscaling, applied by networks inside a program and by baselines outside. */

/** Keys 1981, equation 15, with a = -1/2: the cubic kernel that reproduces parabolas. */
function cubic(distance: number): number {
  const d = Math.abs(distance);
  if (d <= 1) return 1.5 * d ** 3 - 2.5 * d ** 2 + 1;
  return d < 2 ? -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2 : 0;
}

/**
 * Matrix `[from·channels, to·channels]`, row-major, that resamples a row of `from` pixels to `to` pixels, with pixel
 * centres at half-integers and edge replication.
 */
export function bicubicWeights(from: number, to: number, channels: number): Float32Array {
  const columns = to * channels;
  const weights = new Float32Array(from * channels * columns);
  for (let target = 0; target < to; target++) {
    const centre = ((target + 0.5) * from) / to - 0.5;
    for (let tap = Math.floor(centre) - 1; tap <= Math.floor(centre) + 2; tap++) {
      const source = Math.min(from - 1, Math.max(0, tap));
      for (let channel = 0; channel < channels; channel++) {
        const at = (source * channels + channel) * columns + target * channels + channel;
        weights[at] = (weights[at] ?? 0) + cubic(tap - centre);
      }
    }
  }
  return weights;
}
