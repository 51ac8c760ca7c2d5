/**
 * Frees the size of the batch in a traced graph, whose shapes are numbers: the network is traced at several sizes, and
 * what differs between the traces depends on the size. These are constants of shapes, each element of which is linear in
 * the size; where a runtime cannot infer it, the graph computes it from the size of its input.
 */
import type { OnnxConstant, OnnxNode } from '../../engine/onnx/protobuf';
import { type Graph, type GraphNode, type GraphValue, liveNodes } from '../../engine/trace/graph';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';

/** Primes that are hardly the size of anything else, so that the traces differ in nothing but the batch. */
export const TRACED_BATCHES = [509, 521, 541] as const;

export type TracedBatches = readonly [Graph, Graph, Graph];

/** A network depends on the size of its batch other than by its shapes. */
export class BatchError extends WorkbenchError {
  constructor() {
    super(
      localizable(
        'The network does not compute each example by itself, so it has no form for any batch size.',
      ),
      localizable('Export another network of the run, or remove what depends on the batch from the network.'),
    );
  }
}

export interface FreeGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  /** The name of each value in the first trace, by its id. */
  readonly names: ReadonlyMap<number, string>;
  /** Types of the values that nodes compute, by name. */
  readonly types: ReadonlyMap<string, OnnxConstant['type']>;
  /** Shapes of values in the first trace, by name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** What is computed from the size of the batch, by name. */
  readonly computed: ReadonlyMap<string, Linear>;
}

/** A vector of integers that is linear in the batch size. */
export interface Linear {
  readonly base: readonly number[];
  readonly slope: readonly number[];
}

const BATCH = 'batch_size';
/** Larger than any extent, to slice to the end of an axis. */
const END = 2n ** 63n - 1n;

/**
 * Throws `BatchError`.
 *
 * @param nameOf the name of an input or a leaf, by the name that the trace gave it
 * @param source the name of an input whose first axis is the batch
 */
export function freeBatch(
  traces: TracedBatches,
  nameOf: (traced: string) => string,
  source: string,
): FreeGraph {
  const [nodes, ...others] = traces.map(liveNodes);
  if (nodes === undefined || others.some(({ length }) => length !== nodes.length)) throw new BatchError();
  const names = new Map(traces[0].inputs.map(({ name, value }) => [value.id, nameOf(name)]));
  const builder = new Builder(names, source);
  nodes.forEach((node, i) => {
    const counterparts = others.map((list) => list[i]);
    if (counterparts.some((other) => other === undefined || !isAlike(node, other))) throw new BatchError();
    builder.add(
      node,
      node.inputs.map((_, at) => counterparts.map((other) => other?.inputs[at])),
    );
  });
  const { constants, types, shapes, computed } = builder;
  return { nodes: builder.nodes, constants, names, types, shapes, computed };
}

function isAlike(a: GraphNode, b: GraphNode): boolean {
  return (
    a.op === b.op &&
    a.inputs.length === b.inputs.length &&
    JSON.stringify(a.attributes) === JSON.stringify(b.attributes)
  );
}

class Builder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];
  readonly types = new Map<string, OnnxConstant['type']>();
  readonly shapes = new Map<string, readonly number[]>();
  readonly computed = new Map<string, Linear>();
  readonly #names: Map<number, string>;
  readonly #source: string;
  readonly #known = new Set<string>();

  constructor(names: Map<number, string>, source: string) {
    this.#names = names;
    this.#source = source;
  }

  /** @param counterparts of each input, in the other traces */
  add(node: GraphNode, counterparts: readonly (readonly (GraphValue | undefined)[])[]): void {
    const inputs = node.inputs.map((input, at) =>
      input === undefined ? '' : this.#input(node, at, input, counterparts[at] ?? []),
    );
    const outputs = node.outputs.map((output) => this.#nameOf(output));
    node.outputs.forEach((output, i) => {
      this.types.set(outputs[i] ?? '', output.type);
      this.shapes.set(outputs[i] ?? '', output.shape);
    });
    this.nodes.push({
      op: node.op,
      name: `${node.op}_${node.outputs[0]?.id}`,
      inputs,
      outputs,
      attributes: node.attributes,
    });
  }

  #input(
    node: GraphNode,
    at: number,
    value: GraphValue,
    others: readonly (GraphValue | undefined)[],
  ): string {
    if (value.constant === undefined) {
      if (others.some((other) => other?.id !== value.id)) throw new BatchError();
      return this.#nameOf(value);
    }
    const linear = linearOf(value, others);
    return linear === undefined ? this.#fixed(value) : this.#varying(node, at, value, linear);
  }

  #nameOf(value: GraphValue): string {
    const known = this.#names.get(value.id);
    if (known !== undefined) return known;
    const name = `v${value.id}`;
    this.#names.set(value.id, name);
    return name;
  }

  #fixed(value: GraphValue): string {
    const name = this.#nameOf(value);
    const { type, shape, constant = new Float32Array() } = value;
    this.#constant({ name, type, shape, data: constant });
    return name;
  }

  #varying(node: GraphNode, at: number, value: GraphValue, linear: Linear): string {
    const varies = linear.slope.map((slope) => slope !== 0);
    if (node.op === 'Reshape' && varies.filter(Boolean).length === 1)
      return this.#integers(linear.base.map((base, i) => (varies[i] ? -1n : BigInt(base))));
    const extents = node.inputs[0]?.shape ?? [];
    const isToEnd = linear.base.every((_, i) => !varies[i] || Number(value.constant?.[i]) === extents[i]);
    if (node.op === 'Slice' && at === ENDS && isToEnd)
      return this.#integers(linear.base.map((base, i) => (varies[i] ? END : BigInt(base))));
    return this.#computed(linear);
  }

  /** base + slope · size of the batch */
  #computed({ base, slope }: Linear): string {
    const scaled = `scaled_${slope.join('_')}`;
    const name = `${scaled}_from_${base.join('_')}`;
    this.computed.set(name, { base, slope });
    this.#node('Shape', [this.#source], BATCH, { start: 0, end: 1 });
    this.#node('Mul', [BATCH, this.#integers(slope.map(BigInt))], scaled);
    this.#node('Add', [scaled, this.#integers(base.map(BigInt))], name);
    return name;
  }

  #node(op: string, inputs: readonly string[], output: string, attributes = {}): void {
    if (this.#known.has(output)) return;
    this.#known.add(output);
    this.types.set(output, 'int64');
    this.nodes.push({ op, name: output, inputs, outputs: [output], attributes });
  }

  #integers(values: readonly bigint[]): string {
    const name = `integers_${values.join('_')}`;
    this.#constant({ name, type: 'int64', shape: [values.length], data: BigInt64Array.from(values) });
    return name;
  }

  #constant(constant: OnnxConstant): void {
    if (this.#known.has(constant.name)) return;
    this.#known.add(constant.name);
    this.constants.push(constant);
  }
}

/** Position of the ends among the inputs of `Slice`. */
const ENDS = 2;

/** Undefined if the constant is the same in each trace. Throws `BatchError`. */
function linearOf(value: GraphValue, others: readonly (GraphValue | undefined)[]): Linear | undefined {
  const all = [value, ...others].map((one) => one?.constant);
  const [first, second, third] = all;
  if (first === undefined || second === undefined || third === undefined) throw new BatchError();
  if (isSame(first, second) && isSame(first, third)) return undefined;
  if (value.type !== 'int64' || first.length !== second.length) throw new BatchError();
  const [a, b, c] = TRACED_BATCHES;
  const numbers = all.map((data) => Array.from(data ?? [], Number));
  const slope =
    first.length === 0 ? [] : (numbers[0] ?? []).map((at, i) => ((numbers[1]?.[i] ?? 0) - at) / (b - a));
  const base = (numbers[0] ?? []).map((at, i) => at - (slope[i] ?? 0) * a);
  const isLinear = base.every(
    (at, i) => Number.isInteger(slope[i]) && at + (slope[i] ?? 0) * c === numbers[2]?.[i],
  );
  if (!isLinear) throw new BatchError();
  return { base, slope };
}

type Data = NonNullable<GraphValue['constant']>;

function isSame(a: Data, b: Data): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
