/**
 * A tfjs backend whose tensors hold no numbers, only the graph values that they represent. Running a program once under
 * this backend records every operation in it, gradients included.
 */
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../shared/errors';
import type { ElementType, GraphValue } from './graph';
import { Graph } from './graph';

/** The program cannot be compiled: an operation has no traced kernel, or reads values. */
export class TraceError extends WorkbenchError {}

const ELEMENT_TYPE: Partial<Record<DataType, ElementType>> = {
  float32: 'float32',
  int32: 'int32',
  bool: 'bool',
};

function elementType(dtype: DataType): ElementType {
  const type = ELEMENT_TYPE[dtype];
  if (type === undefined)
    throw new TraceError(
      `A tensor of type ${dtype} cannot be compiled.`,
      'Use float32, int32 or bool tensors inside networks and losses.',
    );
  return type;
}

function dataType(type: ElementType): DataType {
  return type === 'int64' ? 'int32' : type;
}

export class TraceBackend extends tf.KernelBackend {
  /** By which tfjs knows it. */
  readonly name: string;
  #graph = new Graph();
  #values = new WeakMap<object, GraphValue>();
  #count = 0;

  constructor(name: string) {
    super();
    this.name = name;
  }

  get graph(): Graph {
    return this.#graph;
  }

  /** Starts a new, empty graph. */
  begin(): Graph {
    this.#graph = new Graph();
    this.#values = new WeakMap();
    return this.#graph;
  }

  /** The graph value of a tensor created under this backend. */
  graphValue(tensor: TensorInfo): GraphValue {
    const value = this.#values.get(tensor.dataId);
    if (value === undefined)
      throw new TraceError(
        'A program uses a tensor that was made outside it.',
        'Make constants inside the function, or pass the tensor in as state or as an input.',
      );
    return value;
  }

  /** Registers a value returned by a kernel as a tensor. */
  tensorOf(value: GraphValue): TensorInfo {
    const dataId = {};
    this.#values.set(dataId, value);
    this.#count++;
    return { dataId, shape: [...value.shape], dtype: dataType(value.type) };
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: DataType): object {
    const type = elementType(dtype);
    if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array) {
      const data = type === 'bool' ? Uint8Array.from(values) : values;
      return this.tensorOf(this.#graph.constant(data, shape, type)).dataId;
    }
    throw new TraceError(
      'A constant of text or bytes cannot be compiled.',
      'Use numbers in networks and losses.',
    );
  }

  override move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: DataType,
  ): void {
    const value = this.#values.get(this.write(values, shape, dtype));
    if (value !== undefined) this.#values.set(dataId, value);
  }

  override readSync(): never {
    throw new TraceError(
      'A program reads the values of a tensor (dataSync, arraySync or print) while it is being compiled.',
      'Programs are recorded once and have no values then; compute with tensor operations only.',
    );
  }

  override read(): never {
    return this.readSync();
  }

  override disposeData(): boolean {
    this.#count--;
    return true;
  }

  override refCount(): number {
    return 1;
  }

  override incRef(): void {
    // Values live as long as their graph, so tfjs's reference counts are irrelevant here.
  }

  override numDataIds(): number {
    return this.#count;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {
    this.begin();
  }
}
