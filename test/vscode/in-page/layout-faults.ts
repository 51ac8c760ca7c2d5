/** Measures the layout of a page: finds texts, images and controls that overlap or are cut off. Runs in the page. */

interface Box {
  readonly name: string;
  readonly node: Node;
  readonly rect: DOMRect;
}

/** Anti-aliasing, borders and rounding. */
const TOLERANCE_PX = 2;
const NAME_LENGTH = 40;
/** Elements that overlap a plot by design, and those only for screen readers. */
const OVERLAYS =
  '.u-over, .u-under, .parallel .lines, .sr-only, [role="tooltip"], .cursor-card, dialog:not([open])';
const SOLID = 'canvas, svg, img, input, progress, textarea, select';

const isSolid = (element: Element): boolean => element.matches(SOLID) || element.localName.includes('-');

function isSeen(element: Element): boolean {
  return element.closest(OVERLAYS) === null && element.checkVisibility({ visibilityProperty: true });
}

/** Returns the visible part of a box, inside every ancestor that scrolls or hides its overflow. */
function clipped(rect: DOMRect, from: Element | null): DOMRect {
  let { left, top, right, bottom } = rect;
  for (let parent = from; parent !== null && parent !== document.body; parent = parent.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(parent);
    const frame = parent.getBoundingClientRect();
    if (overflowX !== 'visible') [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
    if (overflowY !== 'visible') [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
  }
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

const isEmpty = ({ width, height }: DOMRect): boolean => width <= 1 || height <= 1;

/** Returns each line of text separately, and every other drawn element. */
function boxes(): Box[] {
  const found: Box[] = [];
  const add = (name: string, node: Node, whole: DOMRect, parent: Element | null): void => {
    const rect = clipped(whole, parent);
    if (!isEmpty(whole) && !isEmpty(rect)) found.push({ name, node, rect });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (isSolid(node) && isSeen(node))
        add(nameOf(node), node, node.getBoundingClientRect(), node.parentElement);
      continue;
    }
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (text === '' || parent === null || !isSeen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) add(`"${text.slice(0, NAME_LENGTH)}"`, node, rect, parent);
  }
  return found;
}

function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label') ?? element.getAttribute('label') ?? '';
  const classes = [...element.classList].map((name) => `.${name}`).join('');
  return `${element.localName}${classes}${label === '' ? '' : ` "${label.slice(0, NAME_LENGTH)}"`}`;
}

function overlaps(all: readonly Box[]): string[] {
  const faults: string[] = [];
  all.forEach((a, index) => {
    for (const b of all.slice(index + 1)) {
      if (a.node.contains(b.node) || b.node.contains(a.node)) continue;
      const width = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      const height = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
      if (width > TOLERANCE_PX && height > TOLERANCE_PX)
        faults.push(`${a.name} and ${b.name} overlap by ${Math.round(width)}×${Math.round(height)} px`);
    }
  });
  return faults;
}

/**
 * Finds elements beyond the page, or hidden by a box that neither scrolls nor indicates the overflow with an ellipsis.
 */
function cuts(): string[] {
  const faults: string[] = [];
  const pageWidth = document.documentElement.clientWidth;
  for (const element of document.body.querySelectorAll('*')) {
    if (!isSeen(element) || element.closest('svg') !== null) continue;
    const rect = element.getBoundingClientRect();
    if (isEmpty(rect)) continue;
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
    const seen = clipped(rect, element.parentElement);
    if (!isEmpty(seen) && (seen.right > pageWidth + 1 || seen.left < -1))
      faults.push(`${nameOf(element)} reaches beyond the page`);
    const missing = element.scrollWidth - element.clientWidth;
    if (overflowX === 'hidden' && textOverflow !== 'ellipsis' && missing > 1)
      faults.push(`${nameOf(element)} hides ${missing} px of its width`);
    const below = element.scrollHeight - element.clientHeight;
    if (overflowY === 'hidden' && below > TOLERANCE_PX)
      faults.push(`${nameOf(element)} hides ${below} px of its height`);
  }
  return faults;
}

/** Axis labels are drawn on a canvas: one that is cut off has ink at the very edge. */
function cutLabels(): string[] {
  return [...document.querySelectorAll<HTMLCanvasElement>('.uplot canvas')].flatMap((canvas) => {
    if (!isSeen(canvas) || canvas.width === 0) return [];
    const context = new OffscreenCanvas(1, canvas.height).getContext('2d', { willReadFrequently: true });
    if (context === null) return [];
    const title = canvas.closest('figure')?.querySelector('h3')?.textContent ?? 'a chart';
    return [0, canvas.width - 1].flatMap((column) => {
      context.clearRect(0, 0, 1, canvas.height);
      context.drawImage(canvas, -column, 0);
      const { data } = context.getImageData(0, 0, 1, canvas.height);
      const hasInk = data.some((value, index) => index % 4 === 3 && value > 0);
      return hasInk ? [`A label of ${title} is cut at its ${column === 0 ? 'left' : 'right'} edge`] : [];
    });
  });
}

/** Plots of charts in one column start at the same x position. */
function origins(): string[] {
  const lefts = [...document.querySelectorAll('.chart')].flatMap((chart) => {
    const plot = chart.querySelector('.u-over');
    if (plot === null || !isSeen(chart)) return [];
    return [plot.getBoundingClientRect().left - chart.getBoundingClientRect().left];
  });
  const spread = Math.max(...lefts, 0) - Math.min(...lefts, Number.POSITIVE_INFINITY);
  return spread > 1 ? [`Plots begin up to ${Math.round(spread)} px apart within their charts`] : [];
}

/** Returns one sentence for each fault; empty if there are none. */
export function layoutFaults(): readonly string[] {
  return [...overlaps(boxes()), ...cuts(), ...cutLabels(), ...origins()];
}
