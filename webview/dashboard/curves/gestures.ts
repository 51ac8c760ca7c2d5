/** Mouse gestures on a plot other than zooming, which uPlot handles: panning and picking a position. */
export interface Gestures {
  /** The mouse has panned by this fraction of the visible range. */
  onPan(part: number): void;
  /** A click, this many pixels from the left edge. */
  onPick(left: number): void;
}

/** If the mouse moves further, the click was a drag. */
const MAX_CLICK_PX = 3;
/** A second click within this time makes a double-click, which shows the whole run and picks nothing. */
const DOUBLE_CLICK_MS = 300;

/** Pans with Shift or the middle button until the button is released. */
export function pan(event: MouseEvent, over: HTMLElement, { onPan }: Pick<Gestures, 'onPan'>): void {
  // By default, the middle button scrolls the page.
  event.preventDefault();
  let last = event.clientX;
  const move = ({ clientX }: MouseEvent): void => {
    onPan((last - clientX) / Math.max(1, over.clientWidth));
    last = clientX;
  };
  const end = (): void => {
    over.classList.remove('panning');
    document.removeEventListener('mousemove', move);
    document.removeEventListener('mouseup', end);
  };
  over.classList.add('panning');
  document.addEventListener('mousemove', move);
  document.addEventListener('mouseup', end);
}

export function listenToClicks(over: HTMLElement, { onPick }: Pick<Gestures, 'onPick'>): void {
  let pressedAt = Number.NaN;
  let picking: ReturnType<typeof setTimeout> | undefined;
  over.addEventListener('mousedown', ({ clientX }) => {
    pressedAt = clientX;
  });
  over.addEventListener('click', ({ clientX, shiftKey, detail }) => {
    clearTimeout(picking);
    if (detail > 1 || shiftKey || Math.abs(clientX - pressedAt) > MAX_CLICK_PX) return;
    const left = clientX - over.getBoundingClientRect().left;
    picking = setTimeout(() => onPick(left), DOUBLE_CLICK_MS);
  });
}
