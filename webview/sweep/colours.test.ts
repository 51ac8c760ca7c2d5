import { expect, it } from 'vitest';
import { scaleColour } from './colours';

const DARK = [31, 31, 31];
const WHITE = [255, 255, 255];
const GOODNESS = Array.from({ length: 21 }, (_, index) => index / 20);

/** WCAG 2.2, relative luminance. */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const partsOf = (colour: string): number[] => (colour.match(/\d+/g) ?? []).map(Number);

it.each([
  [false, DARK],
  [true, WHITE],
])('is legible on a page that is light: %o, and the more so the better', (isLight, page) => {
  const contrasts = GOODNESS.map((goodness) => {
    const [low = 0, high = 0] = [luminance(partsOf(scaleColour(goodness, isLight))), luminance(page)].sort(
      (a, b) => a - b,
    );
    return (high + 0.05) / (low + 0.05);
  });
  expect(Math.min(...contrasts)).toBeGreaterThan(3);
  expect(contrasts).toEqual(contrasts.toSorted((a, b) => a - b));
});

it('stays at the ends for what lies beyond', () => {
  expect(scaleColour(-1, false)).toBe(scaleColour(0, false));
  expect(scaleColour(2, true)).toBe('rgb(68 1 84)');
});
