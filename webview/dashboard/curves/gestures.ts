/** What the mouse does on a plot beside zooming, which uPlot does itself: it moves what is shown, and it picks a place. */
export interface Gestures {
  /** The mouse has moved what is shown by this part of its width. */
  onPan(part: number): void;
  /** A click, this many pixels from the left edge. */
  onPick(left: number): void;
}

/** A click whose mouse moved further was a drag. */
const MAX_CLICK_PX = 3;
/** A second click within this time makes it a double-click, which shows the whole run and picks nothing. */
const DOUBLE_CLICK_MS = 300;

/** With Shift or the middle button; follows the mouse until its button is released. */
export function pan(event: MouseEvent, over: HTMLElement, { onPan }: Pick<Gestures, 'onPan'>): void {
  // The middle button would scroll the page.
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
