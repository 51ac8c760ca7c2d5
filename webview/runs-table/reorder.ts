/** Moves columns: their heads are dragged, or moved with Alt+Left and Alt+Right. */

/** Returns the ids with one of them in the place of another, which makes room on the side it came from. */
export function moved(ids: readonly string[], id: string, to: string): readonly string[] {
  const place = ids.indexOf(to);
  if (id === to || place < 0 || !ids.includes(id)) return ids;
  const others = ids.filter((one) => one !== id);
  return [...others.slice(0, place), id, ...others.slice(place)];
}

/** The dragged column: browsers hide the content of a drag until the drop. */
let dragged: string | undefined;

/** @param onMove gets the dragged id and the one in whose place it was dropped */
export function makeMovable(head: HTMLElement, id: string, onMove: (id: string, to: string) => void): void {
  head.draggable = true;
  head.addEventListener('dragstart', ({ dataTransfer }) => {
    dragged = id;
    dataTransfer?.setData('text/plain', id);
  });
  head.addEventListener('dragover', (event) => {
    if (dragged === undefined || dragged === id) return;
    event.preventDefault();
    head.classList.add('drop-place');
  });
  head.addEventListener('dragleave', () => head.classList.remove('drop-place'));
  head.addEventListener('dragend', () => {
    dragged = undefined;
  });
  head.addEventListener('drop', (event) => {
    event.preventDefault();
    if (dragged !== undefined) onMove(dragged, id);
    dragged = undefined;
  });
  head.addEventListener('keydown', (event) => {
    const isBack = event.key === 'ArrowLeft';
    if (!event.altKey || (!isBack && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const neighbour = isBack ? head.previousElementSibling : head.nextElementSibling;
    if (neighbour instanceof HTMLElement && neighbour.dataset.column !== undefined)
      onMove(id, neighbour.dataset.column);
  });
  head.dataset.column = id;
}
