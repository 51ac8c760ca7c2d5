/**
 * Publishes the height of the page's header, below which sticky content starts, for the style sheet and for samples.
 */

const VARIABLE = '--head-height';

export function followHeadHeight(head: HTMLElement): void {
  new ResizeObserver(() => {
    const height = getComputedStyle(head).position === 'sticky' ? head.offsetHeight : 0;
    document.documentElement.style.setProperty(VARIABLE, `${height}px`);
  }).observe(head);
}

/** In CSS pixels; zero if the header scrolls with the page. */
export function headHeight(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(VARIABLE)) || 0;
}
