/**
 * The graph that tracing builds: ONNX operators over values of known shapes. All operations are pure, so equal nodes
 * are shared (common subexpression elimination); gradients thus reuse results of the forward pass.
 */
import type { TensorSpec } from '../../shared/host-tensor';
import { sizeOf } from '../../shared/host-tensor';

/** Element types in a graph; `int64` and `bool` are internal only. */
export type ElementType = 'float32' | 'int32' | 'int64' | 'bool';

export interface GraphValue {
  readonly id: number;
  readonly shape: readonly number[];
  readonly type: ElementType;
  /** Set for constants. */
  readonly constant?: ConstantData;
  /** Set if every element is known to be this number. */
  readonly uniform?: number;
}

export type ConstantData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

export type AttributeValue = number | string | readonly number[] | { readonly float: number };

export interface GraphNode {
  readonly op: string;
  readonly inputs: readonly (GraphValue | undefined)[];
  readonly outputs: readonly GraphValue[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface NamedValue {
  readonly name: string;
  readonly value: GraphValue;
}

/** Constants above this size are compared by identity only: hashing them would cost more than it saves. */
const MAX_HASHED_ELEMENTS = 1 << 16;

export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly inputs: NamedValue[] = [];
  readonly outputs: NamedValue[] = [];
  readonly constants: GraphValue[] = [];
  #nextId = 0;
  readonly #seen = new Map<string, readonly GraphValue[]>();
  readonly #producers = new Map<number, GraphNode>();

  input(name: string, spec: TensorSpec): GraphValue {
    const value: GraphValue = { id: this.#nextId++, shape: spec.shape, type: spec.dtype };
    this.inputs.push({ name, value });
    return value;
  }

  output(name: string, value: GraphValue): void {
    this.outputs.push({ name, value });
  }

  /** The node that computes a value, or undefined for an input or a constant. */
  producer(value: GraphValue): GraphNode | undefined {
    return this.#producers.get(value.id);
  }

  /** Adds a constant; one whose elements are all equal is stored as a single number that is expanded at run time. */
  constant(data: ConstantData, shape: readonly number[], type: ElementType): GraphValue {
    const uniform = uniformValue(data);
    if (uniform !== undefined && data.length > 1 && type === 'float32') return this.filled(shape, uniform);
    if (data.length > MAX_HASHED_ELEMENTS) return this.#addConstant(data, shape, type, uniform);
    const key = `constant|${type}|${shape.join()}|${data.join()}`;
    const known = this.#seen.get(key)?.[0];
    if (known !== undefined) return known;
    const value = this.#addConstant(data, shape, type, uniform);
    this.#seen.set(key, [value]);
    return value;
  }

  #addConstant(
    data: ConstantData,
    shape: readonly number[],
    type: ElementType,
    uniform: number | undefined,
  ): GraphValue {
    const value: GraphValue = {
      id: this.#nextId++,
      shape,
      type,
      constant: data.slice(),
      ...(uniform === undefined ? {} : { uniform }),
    };
    this.constants.push(value);
    return value;
  }

  scalar(value: number): GraphValue {
    return this.constant(Float32Array.of(value), [], 'float32');
  }

  /** A one-dimensional int64 constant: shapes, axes, starts. */
  integers(values: readonly number[]): GraphValue {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length], 'int64');
  }

  /** A float tensor filled with one value, encoded as an `Expand` so that the model does not contain its elements. */
  filled(shape: readonly number[], value: number): GraphValue {
    const single = this.scalar(value);
    if (sizeOf(shape) === 1 && shape.length === 0) return single;
    return this.#make('Expand', [single, this.integers(shape)], {}, [{ shape, type: 'float32' }], value)[0];
  }

  /** Adds a node with one output, or returns the existing equal one. */
  add(
    op: string,
    inputs: readonly (GraphValue | undefined)[],
    output: { readonly shape: readonly number[]; readonly type?: ElementType },
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): GraphValue {
    return this.#make(op, inputs, attributes, [{ shape: output.shape, type: output.type ?? 'float32' }])[0];
  }

  /** Adds a node with several outputs. */
  addMany(
    op: string,
    inputs: readonly (GraphValue | undefined)[],
    outputs: readonly [OutputSpec, ...OutputSpec[]],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): readonly [GraphValue, ...GraphValue[]] {
    return this.#make(op, inputs, attributes, outputs);
  }

  #make(
    op: string,
    inputs: readonly (GraphValue | undefined)[],
    attributes: Readonly<Record<string, AttributeValue>>,
    specs: readonly [OutputSpec, ...OutputSpec[]],
    uniform?: number,
  ): readonly [GraphValue, ...GraphValue[]] {
    const key = `${op}|${inputs.map((input) => input?.id ?? '').join()}|${JSON.stringify(attributes)}|${specs.map((spec) => `${spec.type}:${spec.shape.join()}`).join(';')}`;
    const known = this.#seen.get(key);
    if (known?.[0] !== undefined) return [known[0], ...known.slice(1)];
    const make = (spec: OutputSpec): GraphValue => ({
      id: this.#nextId++,
      shape: spec.shape,
      type: spec.type,
      ...(uniform === undefined ? {} : { uniform }),
    });
    const outputs: readonly [GraphValue, ...GraphValue[]] = [make(specs[0]), ...specs.slice(1).map(make)];
    const node = { op, inputs, outputs, attributes };
    this.nodes.push(node);
    for (const output of outputs) this.#producers.set(output.id, node);
    this.#seen.set(key, outputs);
    return outputs;
  }
}

interface OutputSpec {
  readonly shape: readonly number[];
  readonly type: ElementType;
}

function uniformValue(data: ConstantData): number | undefined {
  const first = data[0];
  if (first === undefined) return undefined;
  for (let i = 1; i < data.length; i++) if (!Object.is(data[i], first)) return undefined;
  return Number(first);
}

/** The nodes that the outputs depend on, in order; tracing leaves behind unused gradients. */
export function liveNodes(graph: Pick<Graph, 'nodes' | 'outputs'>): readonly GraphNode[] {
  const needed = new Set(graph.outputs.map((output) => output.value.id));
  const live: GraphNode[] = [];
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i];
    if (!node?.outputs.some((output) => needed.has(output.id))) continue;
    for (const input of node.inputs) if (input !== undefined) needed.add(input.id);
    live.push(node);
  }
  return live.reverse();
}
