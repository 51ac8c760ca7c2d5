/** How high the head of the page is, below which what stays in sight begins: for the style sheet and for samples. */

const VARIABLE = '--head-height';

export function followHeadHeight(head: HTMLElement): void {
  new ResizeObserver(() => {
    const height = getComputedStyle(head).position === 'sticky' ? head.offsetHeight : 0;
    document.documentElement.style.setProperty(VARIABLE, `${height}px`);
  }).observe(head);
}

/** In CSS pixels; zero where the head scrolls away with the page. */
export function headHeight(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(VARIABLE)) || 0;
}
