/** Finds texts and icons with too little contrast to their background, in shadow trees as well. Runs in the page. */

/** Red, green, blue in [0, 255] and opacity in [0, 1]. */
type Colour = readonly [number, number, number, number];

/** Minimum for large text and for parts of controls (WCAG 2.2, 1.4.11): VS Code's own themes have less than 4.5. */
const LEAST_CONTRAST = 3;
const NAME_LENGTH = 40;

const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

function colourOf(css: string): Colour {
  if (context === null) throw new Error('This browser draws no canvas.');
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

function over([r, g, b, opacity]: Colour, [br, bg, bb]: Colour): Colour {
  const mix = (top: number, below: number): number => opacity * top + (1 - opacity) * below;
  return [mix(r, br), mix(g, bg), mix(b, bb), 1];
}

function parentOf(element: Element): Element | null {
  if (element.assignedSlot !== null) return element.assignedSlot;
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** VS Code's webviews are transparent, with the editor behind them. */
function editorBackground(): Colour {
  return colourOf(getComputedStyle(document.body).getPropertyValue('--vscode-editor-background'));
}

function behind(element: Element | null): Colour {
  if (element === null) return editorBackground();
  const own = colourOf(getComputedStyle(element).backgroundColor);
  return own[3] === 1 ? own : over(own, behind(parentOf(element)));
}

/** WCAG 2.2, relative luminance. */
function luminance([red, green, blue]: Colour): number {
  const linear = (value: number): number =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(a: Colour, b: Colour): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function isRead(element: Element): boolean {
  return (
    element.closest('.sr-only, style, script, [disabled], [aria-pressed="false"]') === null &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
}

/** The text or shape that an element draws itself; undefined if it is only a container. */
function markOf(element: Element): { readonly name: string; readonly colour: string } | undefined {
  const { color, fill, stroke } = getComputedStyle(element);
  if (element instanceof SVGGeometryElement)
    return { name: element.localName, colour: stroke === 'none' ? fill : stroke };
  const text = [...element.childNodes].flatMap((node) => (node instanceof Text ? node.data.trim() : []));
  const name = text.join(' ').trim();
  return name === '' ? undefined : { name: `"${name.slice(0, NAME_LENGTH)}"`, colour: color };
}

function faultsIn(root: Document | ShadowRoot): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const inside = element.shadowRoot === null ? [] : faultsIn(element.shadowRoot);
    const mark = markOf(element);
    if (mark === undefined || !isRead(element)) return inside;
    const ground = behind(element);
    const found = contrast(over(colourOf(mark.colour), ground), ground);
    return found < LEAST_CONTRAST
      ? [...inside, `${mark.name} has a contrast of ${found.toFixed(1)}`]
      : inside;
  });
}

/** Returns one sentence for each fault; empty if everything is readable. */
export function faintTexts(): readonly string[] {
  return faultsIn(document);
}
