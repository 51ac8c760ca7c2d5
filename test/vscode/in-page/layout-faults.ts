/**
 * Looks at a page as somebody with a ruler would: which of its texts, pictures and controls lie over one another, and which
 * are cut off. Runs in the page.
 */

interface Box {
  readonly name: string;
  readonly node: Node;
  readonly rect: DOMRect;
}

/** Anti-aliasing, borders and rounding. */
const TOLERANCE_PX = 2;
const NAME_LENGTH = 40;
/** What lies over a plot by intention, and what only screen readers are told. */
const OVERLAYS = '.u-over, .u-under, .sr-only, [role="tooltip"], .cursor-card, dialog:not([open])';
const SOLID = 'canvas, svg, img, input, progress, textarea, select';

const isSolid = (element: Element): boolean => element.matches(SOLID) || element.localName.includes('-');

function isSeen(element: Element): boolean {
  return element.closest(OVERLAYS) === null && element.checkVisibility({ visibilityProperty: true });
}

/** What is left of a box inside of everything that scrolls or hides what is beyond it. */
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

/** Every line of text on its own, and whatever else is drawn. */
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

/** Beyond the page, or hidden by a box that neither scrolls nor says with an ellipsis that there is more. */
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

/** Labels of axes are drawn: one that is cut off has ink at the very edge of its canvas. */
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

/** Plots of one column of charts begin at the same place. */
function origins(): string[] {
  const lefts = [...document.querySelectorAll('.chart')].flatMap((chart) => {
    const plot = chart.querySelector('.u-over');
    if (plot === null || !isSeen(chart)) return [];
    return [plot.getBoundingClientRect().left - chart.getBoundingClientRect().left];
  });
  const spread = Math.max(...lefts, 0) - Math.min(...lefts, Number.POSITIVE_INFINITY);
  return spread > 1 ? [`Plots begin up to ${Math.round(spread)} px apart within their charts`] : [];
}

/** One sentence for each fault; none where all is well. */
export function layoutFaults(): readonly string[] {
  return [...overlaps(boxes()), ...cuts(), ...cutLabels(), ...origins()];
}
