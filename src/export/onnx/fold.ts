/**
 * Computes once what depends on the weights alone, such as filters in another layout and the scales of batch
 * normalisation: other runtimes optimise a convolution only if its filter is a constant.
 */
import { openRuntime } from '../../engine/onnx/open-runtime';
import { encodeProtobuf, type OnnxConstant, type OnnxNode } from '../../engine/onnx/protobuf';

export interface Foldable {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  /** Types of the values that nodes compute, by name. */
  readonly types: ReadonlyMap<string, OnnxConstant['type']>;
  /** Values that are needed outside of the graph. */
  readonly outputs: readonly string[];
}

/** The rest of a graph, with constants in place of what was computed. */
export interface FoldedGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  /** The weights that each constant depends on, by its name. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
}

export async function foldConstants(graph: Foldable): Promise<FoldedGraph> {
  const fixed = new Set(graph.constants.map(({ name }) => name));
  const [before, after]: [OnnxNode[], OnnxNode[]] = [[], []];
  for (const node of graph.nodes) {
    const isFixed = node.inputs.every((input) => input === '' || fixed.has(input));
    if (isFixed) for (const output of node.outputs) fixed.add(output);
    (isFixed ? before : after).push(node);
  }
  const needed = new Set([...after.flatMap(({ inputs }) => inputs), ...graph.outputs]);
  const computed = before.flatMap(({ outputs }) => outputs).filter((name) => needed.has(name));
  const kept = graph.constants.filter(({ name }) => needed.has(name));
  const origins = originsOf(before, graph.constants);
  const taken = new Set(kept.map(({ name }) => name));
  const names = constantNames({ computed, origins, taken, moved: movedWeights(before, origins) });
  const values = computed.length === 0 ? [] : await evaluate(graph, before, computed);
  const renamed = (name: string): string => names.get(name) ?? name;
  return {
    nodes: after.map((node) => ({ ...node, inputs: node.inputs.map(renamed) })),
    constants: [...kept, ...values].map((constant) => ({ ...constant, name: renamed(constant.name) })),
    origins: new Map([...origins].map(([name, from]) => [renamed(name), [...from]])),
  };
}

async function evaluate(
  { constants, types }: Foldable,
  nodes: readonly OnnxNode[],
  wanted: readonly string[],
): Promise<OnnxConstant[]> {
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  const model = encodeProtobuf({
    name: 'constants',
    inputs: [],
    outputs: wanted.map((name) => ({ name, type: types.get(name) ?? 'float32' })),
    constants: constants.filter(({ name }) => used.has(name)),
    nodes,
  });
  const { InferenceSession } = await openRuntime();
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  try {
    const results = await session.run({});
    return wanted.map((name) => {
      const { data, dims } = results[name] ?? {};
      if (dims === undefined || !isPlain(data)) throw new TypeError(`${name} cannot be a constant`);
      // The runtime's own memory is freed with the session.
      return { name, type: types.get(name) ?? 'float32', shape: dims, data: data.slice() };
    });
  } finally {
    await session.release();
  }
}

function isPlain(data: unknown): data is OnnxConstant['data'] {
  return (
    data instanceof Float32Array ||
    data instanceof Int32Array ||
    data instanceof BigInt64Array ||
    data instanceof Uint8Array
  );
}

/** Weights are the constants with a path. */
function originsOf(
  nodes: readonly OnnxNode[],
  constants: readonly OnnxConstant[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const origins = new Map(
    constants.map(({ name }) => [name, new Set(name.includes('/') ? [name] : [])] as const),
  );
  for (const { inputs, outputs } of nodes) {
    const from = new Set(inputs.flatMap((input) => [...(origins.get(input) ?? [])]));
    for (const output of outputs) origins.set(output, from);
  }
  return origins;
}

interface Naming {
  readonly computed: readonly string[];
  readonly origins: ReadonlyMap<string, ReadonlySet<string>>;
  readonly taken: Set<string>;
  readonly moved: ReadonlySet<string>;
}

/** Values that are weights in another layout. */
function movedWeights(
  nodes: readonly OnnxNode[],
  origins: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const moved = new Set([...origins].filter(([name, from]) => from.has(name)).map(([name]) => name));
  for (const { op, inputs, outputs } of nodes)
    if ((op === 'Transpose' || op === 'Reshape') && moved.has(inputs[0] ?? ''))
      for (const output of outputs) moved.add(output);
  return moved;
}

/**
 * Gives what was computed from weights their names: that of the weight for another layout of it, and otherwise
 * one in its layer.
 */
function constantNames({ computed, origins, taken, moved }: Naming): ReadonlyMap<string, string> {
  return new Map(
    computed.flatMap((output) => {
      const common = commonName([...(origins.get(output) ?? [])]);
      const name = common === undefined || moved.has(output) ? common : `${common}/folded`;
      return name === undefined ? [] : [[output, unique(name, taken)] as const];
    }),
  );
}

function commonName([first, ...others]: readonly string[]): string | undefined {
  if (first === undefined || others.length === 0) return first;
  const layer = first.slice(0, first.lastIndexOf('/'));
  return others.every((name) => name.slice(0, name.lastIndexOf('/')) === layer) ? layer : undefined;
}

function unique(name: string, taken: Set<string>): string {
  let result = name;
  for (let i = 2; taken.has(result); i++) result = `${name}_${i}`;
  taken.add(result);
  return result;
}
