/**
 * What executes training steps. An engine owns a store of named state leaves (weights, optimiser moments, EMA,
 * running statistics) and runs programs over it; nothing else in the code knows which engine that is.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostTensors, TensorSpec } from '../shared/host-tensor';

export type Tensors = Record<string, Tensor>;

/**
 * A pure function of named tensors, written with TensorFlow.js ops. It must not read values, draw random numbers
 * or keep anything between calls: an engine may run it once only, to record what it does.
 */
export interface Program {
  readonly name: string;
  /** The leaves that the function is given. */
  readonly reads: readonly string[];
  /** The leaves that it returns new values for; each keeps its shape. */
  readonly writes: readonly string[];
  /** What the caller supplies at each run: batches, latents, learning rates. */
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  build(state: Tensors, inputs: Tensors): { readonly state: Tensors; readonly outputs: Tensors };
}

export interface EngineInfo {
  /** The name by which a config selects it. */
  readonly name: string;
  /** For run.json: library and version, e.g. `onnxruntime-node 1.30.0`. */
  readonly version: string;
  readonly threads: number;
}

export interface Engine {
  readonly info: EngineInfo;
  /** Replaces or adds leaves of the state. Copies the values. */
  write(leaves: HostTensors): void;
  /** Copies of the leaves, in canonical (tfjs) layout. Throws `UnknownLeafError`. */
  read(names: readonly string[]): Promise<HostTensors>;
  leafNames(): readonly string[];
  /** Compiles a program, whose leaves must have been written; a program of the same name is replaced. */
  compile(program: Program): Promise<void>;
  /** Runs a compiled program, stores the leaves that it writes, and returns its outputs. One run at a time. */
  run(name: string, inputs: HostTensors): Promise<HostTensors>;
  /** Remembers the present state, without copying: later runs write to other buffers. */
  mark(): void;
  /** Goes back to the state that `mark` remembered. Throws if there is none. */
  rollback(): void;
  /** Must not be called while a run is under way: the native runtime cannot be interrupted. */
  dispose(): Promise<void>;
}
