/** A list that reuses the elements of existing items when others are added, which keeps them expanded and focused. */

/** The parts of an element that are needed here. */
interface Parent<Child> {
  insertBefore(child: Child, before: Child | null): unknown;
  removeChild(child: Child): unknown;
}

export interface ItemLook<Item, Child> {
  /** Identifies an item regardless of other changes. */
  keyOf(item: Item): string;
  /** `previous` is the existing element, which is about to be replaced. */
  make(item: Item, previous: Child | undefined): Child;
}

export class KeptItems<Item, Child> {
  readonly #parent: Parent<Child>;
  readonly #look: ItemLook<Item, Child>;
  readonly #shown = new Map<string, { readonly child: Child; readonly content: string }>();

  constructor(parent: Parent<Child>, look: ItemLook<Item, Child>) {
    this.#parent = parent;
    this.#look = look;
  }

  /** Existing items must keep their order. */
  show(items: readonly Item[]): void {
    const wanted = new Map(items.map((item) => [this.#look.keyOf(item), item]));
    for (const [key, { child }] of this.#shown) {
      if (wanted.has(key)) continue;
      this.#parent.removeChild(child);
      this.#shown.delete(key);
    }
    let before: Child | null = null;
    for (const [key, item] of [...wanted].reverse()) before = this.#showItem(key, item, before);
  }

  #showItem(key: string, item: Item, before: Child | null): Child {
    const content = JSON.stringify(item);
    const previous = this.#shown.get(key);
    if (previous?.content === content) return previous.child;
    const child = this.#look.make(item, previous?.child);
    this.#parent.insertBefore(child, before);
    if (previous !== undefined) this.#parent.removeChild(previous.child);
    this.#shown.set(key, { child, content });
    return child;
  }
}
