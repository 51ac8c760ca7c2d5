/** The single tooltip, for texts without room on the page, shown next to the element it belongs to. */
import { element } from '../../shared/dom';

const GAP_PX = 6;
const tip = element('div', { class: 'tooltip', role: 'tooltip', hidden: true });

/** Parent of elements that must be on top: an open dialog covers everything outside it. */
export function topLayer(): HTMLElement {
  return document.querySelector<HTMLDialogElement>('dialog[open]') ?? document.body;
}

export function showTooltip(texts: readonly string[], beside: DOMRect): void {
  tip.replaceChildren(...texts.map((text) => element('p', {}, text)));
  tip.hidden = false;
  topLayer().append(tip);
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(beside.right + GAP_PX, innerWidth - width - GAP_PX);
  tip.style.left = `${Math.max(GAP_PX, left)}px`;
  const isRoomBelow = beside.bottom + GAP_PX + height < innerHeight;
  tip.style.top = `${isRoomBelow ? beside.bottom + GAP_PX : beside.top - GAP_PX - height}px`;
}

export function hideTooltip(): void {
  tip.hidden = true;
}
