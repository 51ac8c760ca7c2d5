/**
 * The state of an engine that keeps it in plain memory. The arrays that a program returns replace the current ones, so
 * that a step copies nothing and the previous state can be restored.
 */
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';
import { copyOf } from '../shared/host-tensor';
import { LeafTable } from './leaf-table';

export class StateStore {
  readonly #leaves = new LeafTable<HostTensor>();

  write(leaves: HostTensors): void {
    this.#leaves.write(
      Object.fromEntries(Object.entries(leaves).map(([name, leaf]) => [name, copyOf(leaf)])),
    );
  }

  read(names: readonly string[]): HostTensors {
    return Object.fromEntries(names.map((name) => [name, copyOf(this.current(name))]));
  }

  names(): readonly string[] {
    return this.#leaves.names();
  }

  specs(): Readonly<Record<string, TensorSpec>> {
    return this.#leaves.specs();
  }

  current(name: string): HostTensor {
    return this.#leaves.current(name);
  }

  /** Makes these the current values; the caller must not change the arrays afterwards. */
  replace(leaves: HostTensors): void {
    this.#leaves.replace(leaves);
  }

  mark(): void {
    this.#leaves.mark();
  }

  rollback(): void {
    this.#leaves.rollback();
  }
}
