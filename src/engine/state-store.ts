/**
 * The named leaves of an engine that keeps its state in plain memory. A program's results go to spare arrays that are
 * swapped in, so that a step copies nothing and the previous state can be restored.
 */
import { WorkbenchError } from '../shared/errors';
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';

/** The state has no leaf of the requested name. */
export class UnknownLeafError extends WorkbenchError {
  constructor(name: string) {
    super(`The state has no leaf named ${name}.`, 'Write the leaf before a program or a checkpoint uses it.');
  }
}

/** The current array, the marked one, and the one that a program writes to. */
const ARRAYS_PER_LEAF = 3;

export class StateStore {
  readonly #current = new Map<string, HostTensor>();
  readonly #spares = new Map<string, HostTensor[]>();
  #marked: Map<string, HostTensor> | undefined;

  write(leaves: HostTensors): void {
    for (const [name, leaf] of Object.entries(leaves)) {
      this.#current.set(name, copyOf(leaf));
      this.#spares.delete(name);
    }
    this.#marked = undefined;
  }

  read(names: readonly string[]): HostTensors {
    return Object.fromEntries(names.map((name) => [name, copyOf(this.current(name))]));
  }

  names(): readonly string[] {
    return [...this.#current.keys()];
  }

  specs(): Readonly<Record<string, TensorSpec>> {
    return Object.fromEntries(this.#current);
  }

  current(name: string): HostTensor {
    const leaf = this.#current.get(name);
    if (leaf === undefined) throw new UnknownLeafError(name);
    return leaf;
  }

  /** An array of the leaf's shape that is used by neither the current nor the marked state. */
  spare(name: string): HostTensor {
    const leaf = this.current(name);
    const marked = this.#marked?.get(name);
    const free = this.#spares.get(name)?.find((candidate) => candidate !== leaf && candidate !== marked);
    return free ?? emptyLike(leaf);
  }

  /** Makes these the current values; each array must come from `spare`. */
  replace(leaves: HostTensors): void {
    for (const [name, leaf] of Object.entries(leaves)) {
      const all = new Set(this.#spares.get(name) ?? []);
      all.add(this.current(name));
      all.add(leaf);
      this.#spares.set(name, [...all].slice(-ARRAYS_PER_LEAF));
      this.#current.set(name, leaf);
    }
  }

  mark(): void {
    this.#marked = new Map(this.#current);
  }

  rollback(): void {
    if (this.#marked === undefined)
      throw new WorkbenchError('There is no state to go back to.', 'Call mark before the step.');
    for (const [name, leaf] of this.#marked) this.#current.set(name, leaf);
  }
}

function copyOf(leaf: HostTensor): HostTensor {
  return leaf.dtype === 'int32' ? { ...leaf, data: leaf.data.slice() } : { ...leaf, data: leaf.data.slice() };
}

function emptyLike(leaf: HostTensor): HostTensor {
  return leaf.dtype === 'int32'
    ? { ...leaf, data: new Int32Array(leaf.data.length) }
    : { ...leaf, data: new Float32Array(leaf.data.length) };
}
