/**
 * The execution backend of training steps. An engine owns a store of named state leaves (weights, optimiser moments,
 * EMA, running statistics) and runs programs over it; the rest of the code does not depend on the engine in use.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostTensors, TensorSpec } from '../shared/host-tensor';

export type Tensors = Record<string, Tensor>;

/**
 * A pure function of named tensors, written with TensorFlow.js ops. It must not read values, draw random numbers or
 * keep state between calls: an engine may run it only once, to trace it.
 */
export interface Program {
  readonly name: string;
  /** Leaves passed to the function. */
  readonly reads: readonly string[];
  /** Leaves for which it returns new values; each keeps its shape. */
  readonly writes: readonly string[];
  /** Inputs supplied by the caller for each run: batches, latents, learning rates. */
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  build(state: Tensors, inputs: Tensors): { readonly state: Tensors; readonly outputs: Tensors };
}

export interface EngineInfo {
  /** The name used in configs. */
  readonly name: string;
  /** For run.json: library and version, e.g. `onnxruntime-node 1.30.0`. */
  readonly version: string;
  readonly threads: number;
  /** What it computes on, if that is not always the same: the name of a card's driver, as far as it is known. */
  readonly adapter?: string;
}

export interface Engine {
  readonly info: EngineInfo;
  /** Adds or replaces leaves of the state. Copies the values. */
  write(leaves: HostTensors): void;
  /** Copies of the leaves, in canonical (tfjs) layout. Throws `UnknownLeafError`. */
  read(names: readonly string[]): Promise<HostTensors>;
  leafNames(): readonly string[];
  /**
   * Bytes of intermediate values that a run of the program holds at most, known before anything is allocated.
   *
   * @param leaves shape of every leaf that the program reads; they need not have been written
   */
  peakBytes(program: Program, leaves: Readonly<Record<string, TensorSpec>>): number;
  /** Free bytes of the memory in which programs run; undefined or missing if that is the main memory, or not known. */
  freeBytes?(): number | undefined;
  /** Compiles a program, whose leaves must have been written; replaces any program of the same name. */
  compile(program: Program): Promise<void>;
  /** Runs a compiled program, stores the leaves that it writes, and returns its outputs. Runs must not overlap. */
  run(name: string, inputs: HostTensors): Promise<HostTensors>;
  /** Saves the current state without copying: later runs write to other buffers. */
  mark(): void;
  /** Restores the state saved by `mark`. Throws if there is none. */
  rollback(): void;
  /** Drops every leaf and every program, for a state of other leaves. Must not be called during a run. */
  clear(): Promise<void>;
  /** Must not be called during a run: the native runtime cannot be interrupted. */
  dispose(): Promise<void>;
}
