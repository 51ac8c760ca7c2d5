/** Tells the style sheet how high the head of the page is, below which what stays in sight begins. */

export function followHeadHeight(head: HTMLElement): void {
  new ResizeObserver(() => {
    const height = getComputedStyle(head).position === 'sticky' ? head.offsetHeight : 0;
    document.documentElement.style.setProperty('--head-height', `${height}px`);
  }).observe(head);
}
