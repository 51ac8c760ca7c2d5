/**
 * The named leaves of an engine that keeps its state in plain memory. The arrays that a program returns replace the
 * current ones, so that a step copies nothing and the previous state can be restored.
 */
import { WorkbenchError } from '../shared/errors';
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';

/** The state has no leaf of the requested name. */
export class UnknownLeafError extends WorkbenchError {
  constructor(name: string) {
    super(`The state has no leaf named ${name}.`, 'Write the leaf before a program or a checkpoint uses it.');
  }
}

export class StateStore {
  readonly #current = new Map<string, HostTensor>();
  #marked: Map<string, HostTensor> | undefined;

  write(leaves: HostTensors): void {
    for (const [name, leaf] of Object.entries(leaves)) {
      this.#current.set(name, copyOf(leaf));
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

  /** Makes these the current values; the caller must not change the arrays afterwards. */
  replace(leaves: HostTensors): void {
    for (const [name, leaf] of Object.entries(leaves)) {
      this.current(name);
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
