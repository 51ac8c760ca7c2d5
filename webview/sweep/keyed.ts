/** Children of an element by key: an update touches those that have changed, since all of a thousand take too long. */
export function arrange(parent: Element, children: Iterable<Element>): void {
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
  while (next !== null) {
    const gone = next;
    next = next.nextElementSibling;
    gone.remove();
  }
}
