/**
 * The state of an engine that keeps it in plain memory. The arrays that a program returns replace the current ones, so
 * that a step copies nothing and the previous state can be restored.
 */
import type { HostTensor, HostTensors, TensorSpec } from '../shared/host-tensor';
import { copyOf } from '../shared/host-tensor';
import { LeafTable } from './leaf-table';

/** Whether this version of Node.js can free an array at once. */
export const CAN_FREE = 'transfer' in ArrayBuffer.prototype;

export class StateStore {
  readonly #leaves = new LeafTable<HostTensor>(free);

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

  /** Makes these the current values, and the arrays the store's own: it frees those that it no longer needs. */
  replace(leaves: HostTensors): void {
    this.#leaves.replace(leaves);
  }

  clear(): void {
    this.#leaves.clear();
  }

  mark(): void {
    this.#leaves.mark();
  }

  rollback(): void {
    this.#leaves.rollback();
  }
}

/**
 * Frees the memory of an array that nothing will read again, where Node.js can (since 22): left to the garbage
 * collector, a state that has been replaced can stay for several steps.
 */
function free({ data: { buffer, byteLength } }: HostTensor): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && CAN_FREE) buffer.transfer(0);
}
