/** Base class of engines whose state is in plain memory: everything except compiling and running. */
import type { HostTensors, TensorSpec } from '../shared/host-tensor';
import type { Engine, EngineInfo, Program } from './engine';
import { StateStore } from './state-store';

export abstract class StoredStateEngine implements Engine {
  readonly info: EngineInfo;
  protected readonly store = new StateStore();

  constructor(info: EngineInfo) {
    this.info = info;
  }

  write(leaves: HostTensors): void {
    this.store.write(leaves);
  }

  async read(names: readonly string[]): Promise<HostTensors> {
    return this.store.read(names);
  }

  leafNames(): readonly string[] {
    return this.store.names();
  }

  mark(): void {
    this.store.mark();
  }

  rollback(): void {
    this.store.rollback();
  }

  async clear(): Promise<void> {
    await this.dropPrograms();
    this.store.clear();
  }

  protected abstract dropPrograms(): Promise<void>;
  abstract peakBytes(program: Program, leaves: Readonly<Record<string, TensorSpec>>): number;
  abstract compile(program: Program): Promise<void>;
  abstract run(name: string, inputs: HostTensors): Promise<HostTensors>;
  abstract dispose(): Promise<void>;
}
