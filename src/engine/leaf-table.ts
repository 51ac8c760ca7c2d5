/**
 * The named leaves of an engine's state, wherever their values are: the current ones, and those that a mark keeps to
 * return to.
 */
import { WorkbenchError } from '../shared/errors';
import type { TensorSpec } from '../shared/host-tensor';

/** The state has no leaf of the requested name. */
export class UnknownLeafError extends WorkbenchError {
  constructor(name: string) {
    super(`The state has no leaf named ${name}.`, 'Write the leaf before a program or a checkpoint uses it.');
  }
}

export class LeafTable<Leaf extends TensorSpec> {
  readonly #current = new Map<string, Leaf>();
  readonly #drop: (leaf: Leaf) => void;
  #marked: ReadonlyMap<string, Leaf> | undefined;

  /** @param drop is called with each leaf that is neither current nor marked any longer */
  constructor(drop: (leaf: Leaf) => void = () => undefined) {
    this.#drop = drop;
  }

  /** Adds or replaces leaves, and forgets the mark. */
  write(leaves: Readonly<Record<string, Leaf>>): void {
    this.#setMark(undefined);
    for (const [name, leaf] of Object.entries(leaves)) this.#set(name, leaf);
  }

  /** Replaces leaves that exist; a mark keeps the previous ones. */
  replace(leaves: Readonly<Record<string, Leaf>>): void {
    for (const [name, leaf] of Object.entries(leaves)) {
      this.current(name);
      this.#set(name, leaf);
    }
  }

  /** Drops all leaves, current and marked. */
  clear(): void {
    const all = this.all();
    this.#current.clear();
    this.#marked = undefined;
    for (const leaf of all) this.#drop(leaf);
  }

  names(): readonly string[] {
    return [...this.#current.keys()];
  }

  specs(): Readonly<Record<string, TensorSpec>> {
    return Object.fromEntries(this.#current);
  }

  current(name: string): Leaf {
    const leaf = this.#current.get(name);
    if (leaf === undefined) throw new UnknownLeafError(name);
    return leaf;
  }

  /** All leaves, current and marked, each once. */
  all(): ReadonlySet<Leaf> {
    return new Set([...this.#current.values(), ...(this.#marked?.values() ?? [])]);
  }

  mark(): void {
    this.#setMark(new Map(this.#current));
  }

  rollback(): void {
    if (this.#marked === undefined)
      throw new WorkbenchError('There is no state to go back to.', 'Call mark before the step.');
    for (const [name, leaf] of this.#marked) this.#set(name, leaf);
  }

  #set(name: string, leaf: Leaf): void {
    const previous = this.#current.get(name);
    this.#current.set(name, leaf);
    if (previous !== undefined && previous !== leaf && this.#marked?.get(name) !== previous)
      this.#drop(previous);
  }

  #setMark(marked: ReadonlyMap<string, Leaf> | undefined): void {
    const previous = this.#marked ?? [];
    this.#marked = marked;
    for (const [name, leaf] of previous) if (this.#current.get(name) !== leaf) this.#drop(leaf);
  }
}
