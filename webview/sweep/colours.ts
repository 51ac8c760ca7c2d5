/**
 * The colour scale of the objective: viridis (Smith, van der Walt & Firing 2015), whose lightness is even to the eye and
 * which colour-blind people can read. The part that the page's background would swallow is left out, and the best end is
 * the one with the greatest contrast.
 */

/** From dark to light, at equal distances. */
const VIRIDIS = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
] as const;

/** Ends of the scale on a dark and on a light page, from worst to best: each has a contrast of at least 3. */
const ON_DARK = [0.42, 1] as const;
const ON_LIGHT = [0.54, 0] as const;

/** @param goodness 0 is the worst, 1 the best */
export function scaleColour(goodness: number, isLight: boolean): string {
  const [worst, best] = isLight ? ON_LIGHT : ON_DARK;
  const place = (worst + Math.min(1, Math.max(0, goodness)) * (best - worst)) * (VIRIDIS.length - 1);
  const below = Math.min(VIRIDIS.length - 2, Math.floor(place));
  const [low, high] = [VIRIDIS[below] ?? VIRIDIS[0], VIRIDIS[below + 1] ?? VIRIDIS[0]];
  const mixed = low.map((channel, index) =>
    Math.round(channel + (place - below) * ((high[index] ?? 0) - channel)),
  );
  return `rgb(${mixed.join(' ')})`;
}

export function isLightPage(): boolean {
  const { classList } = document.body;
  return classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light');
}
