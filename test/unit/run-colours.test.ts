import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_COMPARED_LINES } from '../../src/shared/dashboard-protocol';

const style = readFileSync(join(__dirname, '../../webview/dashboard/dashboard.css'), 'utf8');

/** Returns the run colours in the CSS rule that begins with this selector. */
function coloursOf(selector: string): string[] {
  const rule = style.slice(style.indexOf(`\n${selector} {`)).split('}')[0] ?? '';
  return [...rule.matchAll(/--run-\d: (#[0-9a-f]{6});/g)].map((match) => match[1] ?? '');
}

/** Linear red, green and blue in [0, 1] of `#rrggbb` (IEC 61966-2-1). */
function linear(colour: string): [number, number, number] {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red, green, blue] = linear(colour);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

type Matrix = readonly (readonly [number, number, number])[];

/** Viénot, Brettel and Mollon 1999, in linear RGB: colours as seen without red or green cones. */
const BLINDNESS: Readonly<Record<string, Matrix>> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopia: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

/** CIE L*a*b* (D65) of a linear colour. */
function lab([red, green, blue]: readonly [number, number, number]): [number, number, number] {
  const f = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(colour: string, matrix: Matrix): [number, number, number] {
  const rgb = linear(colour);
  const [red = 0, green = 0, blue = 0] = matrix.map((row) =>
    Math.max(
      0,
      row.reduce((sum, weight, index) => sum + weight * (rgb[index] ?? 0), 0),
    ),
  );
  return lab([red, green, blue]);
}

describe.each([
  ['body', ['#1f1f1f', '#000000']],
  ['body.vscode-light', ['#ffffff']],
])('the colours of runs under %s', (selector, backgrounds) => {
  const rule = selector === 'body.vscode-light' ? 'body.vscode-high-contrast-light' : selector;
  const colours = coloursOf(rule);

  it('are one for each run, and stand out from the background', () => {
    expect(new Set(colours).size).toBe(MAX_COMPARED_LINES);
    for (const colour of colours)
      for (const background of backgrounds)
        expect(contrast(colour, background), `${colour} on ${background}`).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(BLINDNESS))('are told apart with colour blindness: %s', (_, matrix) => {
    colours.forEach((a, index) => {
      for (const b of colours.slice(index + 1)) {
        const difference = Math.hypot(
          ...seen(a, matrix).map((value, at) => value - (seen(b, matrix)[at] ?? 0)),
        );
        expect(difference, `${a} and ${b}`).toBeGreaterThan(20);
      }
    });
  });
});
