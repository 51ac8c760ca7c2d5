/**
 * A traced program as a TensorFlow graph over variables. Each variable is read once, before it is assigned: a value that
 * is used twice, or that several leaves take, is the one from before the run.
 */
import type { TensorSpec } from '../../shared/host-tensor';
import { type Graph, type GraphValue, liveNodes } from '../trace/graph';
import { INPUT, LEAF_IN, LEAF_OUT, OUTPUT, type TracedProgram } from '../trace/trace';
import type { GraphBuilder } from './graph-builder';
import { translate } from './operators';

export interface ProgramNodes {
  /** The node that takes each input of the program. */
  readonly feeds: Readonly<Record<string, string>>;
  /** The node with each output. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The node that assigns all leaves that the program writes. */
  readonly update: string;
}

/**
 * Adds what the outputs of a traced graph depend on, and returns how to name the node with a value.
 *
 * @param inputs nodes with the inputs of the graph, by the id of the value
 */
export function addTraced(
  builder: GraphBuilder,
  graph: Graph,
  inputs: ReadonlyMap<number, string>,
): (value: GraphValue) => string {
  const names = new Map(inputs);
  const nameOf = (value: GraphValue): string => {
    const known = names.get(value.id);
    if (known !== undefined) return known;
    if (value.constant === undefined) throw new RangeError(`the value ${value.id} is not computed`);
    const added = builder.constant({ type: value.type, shape: value.shape, data: value.constant });
    names.set(value.id, added);
    return added;
  };
  for (const node of liveNodes(graph)) {
    const [output] = node.outputs;
    if (output !== undefined) names.set(output.id, translate(builder, node, nameOf));
  }
  return nameOf;
}

/** @param variableOf name under which the variable of a leaf is shared */
export function addProgram(
  builder: GraphBuilder,
  { graph }: TracedProgram,
  variableOf: (leaf: string) => string,
): ProgramNodes {
  const names = new Map<number, string>();
  const used = new Set([
    ...liveNodes(graph).flatMap(({ inputs }) => inputs.map((input) => input?.id)),
    ...graph.outputs.map(({ value }) => value.id),
  ]);
  const variables = new Map<string, Variable>();
  const feeds: Record<string, string> = {};
  for (const { name, value } of graph.inputs) {
    if (!used.has(value.id)) continue;
    if (name.startsWith(LEAF_IN)) {
      const leaf = name.slice(LEAF_IN.length);
      const handle = builder.variable(variableOf(leaf), value);
      const read = builder.read(handle, value.type);
      variables.set(leaf, { handle, read });
      names.set(value.id, read);
    } else {
      const feed = builder.add('Placeholder', [], {
        dtype: { type: value.type },
        shape: { shape: value.shape },
      });
      feeds[name.slice(INPUT.length)] = feed;
      names.set(value.id, feed);
    }
  }
  const nameOf = addTraced(builder, graph, names);
  const assigned: string[] = [];
  const outputs: Record<string, string> = {};
  for (const { name, value } of graph.outputs)
    if (name.startsWith(LEAF_OUT)) {
      const leaf = name.slice(LEAF_OUT.length);
      const { handle, read } = variables.get(leaf) ?? {
        handle: builder.variable(variableOf(leaf), value),
      };
      assigned.push(builder.assign(handle, nameOf(value), value.type, read === undefined ? [] : [read]));
    }
    // An input cannot be fetched where it is fed.
    else
      outputs[name.slice(OUTPUT.length)] = builder.add('Identity', [nameOf(value)], {
        T: { type: value.type },
      });
  return { feeds, outputs, update: builder.group(assigned) };
}

interface Variable {
  readonly handle: string;
  readonly read?: string;
}

/** The nodes by which the engine reaches the variable of a leaf. */
export interface LeafNodes {
  readonly feed: string;
  readonly write: string;
  readonly read: string;
}

/** A leaf and the name under which its variable is shared. */
export interface SharedLeaf {
  readonly sharedName: string;
  readonly spec: TensorSpec;
}

export function addLeaf(
  builder: GraphBuilder,
  { sharedName, spec: { shape, dtype: type } }: SharedLeaf,
): LeafNodes {
  const handle = builder.variable(sharedName, { shape, type });
  const feed = builder.add('Placeholder', [], { dtype: { type }, shape: { shape } });
  return {
    feed,
    write: builder.assign(handle, feed, type),
    read: builder.add('Identity', [builder.read(handle, type)], { T: { type } }),
  };
}

/** Nodes that save all leaves in variables of their own, and that restore them. */
export function addMark(
  builder: GraphBuilder,
  leaves: readonly SharedLeaf[],
): { readonly mark: string; readonly rollback: string } {
  const pairs = leaves.map(({ sharedName, spec: { shape, dtype: type } }) => {
    const current = builder.variable(sharedName, { shape, type });
    const marked = builder.variable(`${sharedName}/marked`, { shape, type });
    return {
      mark: builder.assign(marked, builder.read(current, type), type),
      rollback: builder.assign(current, builder.read(marked, type), type),
    };
  });
  return {
    mark: builder.group(pairs.map(({ mark }) => mark)),
    rollback: builder.group(pairs.map(({ rollback }) => rollback)),
  };
}
