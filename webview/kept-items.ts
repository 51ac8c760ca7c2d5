/**
 * A list in which what is shown already stays the same element when something is added: what is open in it stays open,
 * and the focus stays where it is.
 */

/** An element, as far as it is needed here. */
interface Parent<Child> {
  insertBefore(child: Child, before: Child | null): unknown;
  removeChild(child: Child): unknown;
}

export class KeptItems<Item, Child> {
  readonly #parent: Parent<Child>;
  readonly #make: (item: Item) => Child;
  /** By what they show. */
  readonly #children = new Map<string, Child>();

  constructor(parent: Parent<Child>, make: (item: Item) => Child) {
    this.#parent = parent;
    this.#make = make;
  }

  /** Items that stay have kept their order. */
  show(items: readonly Item[]): void {
    const wanted = new Map(items.map((item) => [JSON.stringify(item), item]));
    for (const [key, child] of this.#children) {
      if (wanted.has(key)) continue;
      this.#parent.removeChild(child);
      this.#children.delete(key);
    }
    let before: Child | null = null;
    for (const [key, item] of [...wanted].reverse()) {
      const child: Child = this.#children.get(key) ?? this.#make(item);
      if (!this.#children.has(key)) this.#parent.insertBefore(child, before);
      this.#children.set(key, child);
      before = child;
    }
  }
}
