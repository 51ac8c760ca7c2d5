/** Theme colours for drawing on a canvas, which style sheets cannot reach. */

/** Current value of a theme's colour variable, e.g. `--vscode-charts-blue`. */
export function themeColour(variable: string): string {
  const value = getComputedStyle(document.body).getPropertyValue(variable).trim();
  return value === '' ? getComputedStyle(document.body).color : value;
}

export function themeFont(sizePx: number): string {
  return `${sizePx}px ${getComputedStyle(document.body).fontFamily}`;
}

export type Rgb = readonly [red: number, green: number, blue: number];

const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

/** Converts any CSS colour to red, green and blue in [0, 255]. */
export function rgbOf(colour: string): Rgb {
  if (probe === null) throw new Error('This browser draws no canvas.');
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** Returns the same colour with this opacity. */
export function translucent(colour: string, opacity: number): string {
  return `rgb(${rgbOf(colour).join(' ')} / ${opacity})`;
}

/** VS Code changes attributes of the page when its theme changes. */
export function onThemeChange(redraw: () => void): void {
  const observer = new MutationObserver(redraw);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
