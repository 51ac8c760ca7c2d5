/** A network of a run as a TensorFlow graph for any number of examples, with its weights in variables. */
import { GraphBuilder } from '../../engine/tensorflow/graph-builder';
import type { TensorFlowNode } from '../../engine/tensorflow/graph-def';
import { tensorFlowLowering } from '../../engine/tensorflow/lowering';
import { addTraced } from '../../engine/tensorflow/program-graph';
import { INPUT, LEAF_IN, traceProgram } from '../../engine/trace/trace';
import type { HostTensors } from '../../shared/host-tensor';
import type { InferenceNetwork } from '../../training/task';
import { TRACED_BATCHES } from '../onnx/free-batch';
import { weightName } from '../weight-name';
import { freeBatch, type SizedGraphs } from './free-batch';
import { type AdaptedInput, addInput, addOutputs, type SignatureValue } from './interface';

/** Nodes that hold a weight, and give it its first value. */
export interface ModelVariable {
  readonly name: string;
  readonly handle: string;
  readonly read: string;
  readonly initialValue: string;
  readonly initialize: string;
}

/** Nodes that save and restore all variables. */
export interface Saver {
  readonly file: string;
  readonly save: string;
  readonly restore: string;
}

export interface ModelGraph {
  readonly nodes: readonly TensorFlowNode[];
  readonly inputs: readonly SignatureValue[];
  readonly outputs: readonly SignatureValue[];
  readonly variables: readonly ModelVariable[];
  readonly saver: Saver;
}

/** Throws `BatchError`. */
export function modelGraph(
  network: InferenceNetwork,
  leaves: HostTensors,
  weights: 'averaged' | 'current',
): ModelGraph {
  const sized = TRACED_BATCHES.map((batch) => ({ batch, ...sizedGraph(network, leaves, weights, batch) }));
  const [first, second, third] = sized;
  if (first === undefined || second === undefined || third === undefined) throw new RangeError('no traces');
  const graphs: SizedGraphs = [first, second, third];
  return { ...first, nodes: freeBatch(graphs, first.inputs[0]?.inner ?? '') };
}

function sizedGraph(
  network: InferenceNetwork,
  leaves: HostTensors,
  weights: 'averaged' | 'current',
  batch: number,
): ModelGraph & { readonly inputs: readonly AdaptedInput[] } {
  const builder = new GraphBuilder('network');
  const inputs = Object.entries(network.inputs).map(([key, value]) => ({
    key,
    ...addInput(builder, network.makes === undefined && key === 'examples' ? 'images' : 'input', value),
  }));
  const variables = addVariables(builder, leaves);
  const { graph } = traceProgram(network.program(batch, weights), leaves, tensorFlowLowering);
  const nodeOf = new Map([
    ...inputs.map(({ key, inner }) => [INPUT + key, inner] as const),
    ...Object.keys(leaves).map((leaf, i) => [LEAF_IN + leaf, variables[i]?.read ?? ''] as const),
  ]);
  const nameOf = addTraced(
    builder,
    graph,
    new Map(graph.inputs.map(({ name, value }) => [value.id, nodeOf.get(name) ?? ''])),
  );
  const [output] = graph.outputs;
  if (output === undefined) throw new RangeError('a network without an output');
  const outputs = addOutputs(builder, nameOf(output.value), network.makes, output.value.shape.slice(1));
  return { inputs, outputs, variables, saver: addSaver(builder, variables), nodes: builder.nodes };
}

function addVariables(builder: GraphBuilder, leaves: HostTensors): ModelVariable[] {
  return Object.entries(leaves).map(([leaf, { shape, dtype: type }]) => {
    const name = weightName(leaf);
    // By which Keras and TensorFlow name the variable. Not all characters may be in it.
    const label = name.replaceAll(/[^\w./-]/g, '_');
    const handle = builder.variable(name, { shape, type }, label);
    const zero = builder.constant({
      type,
      shape: [],
      data: type === 'int32' ? Int32Array.of(0) : Float32Array.of(0),
    });
    const initialValue = builder.add('Fill', [builder.integers(shape), zero], {
      T: { type },
      index_type: { type: 'int32' },
    });
    return {
      name,
      handle,
      read: builder.read(handle, type),
      initialValue,
      initialize: builder.assign(handle, initialValue, type),
    };
  });
}

function addSaver(builder: GraphBuilder, variables: readonly ModelVariable[]): Saver {
  const types = variables.map(() => 'float32' as const);
  const texts = (values: readonly string[]): string =>
    builder.add('Const', [], { dtype: { type: 'string' }, value: { texts: values } });
  const file = builder.add('Placeholder', [], { dtype: { type: 'string' }, shape: { shape: [] } });
  const names = texts(variables.map(({ name }) => name));
  const whole = texts(variables.map(() => ''));
  const save = builder.add('SaveV2', [file, names, whole, ...variables.map(({ read }) => read)], {
    dtypes: { types },
  });
  const restored = builder.add('RestoreV2', [file, names, whole], { dtypes: { types } });
  return {
    file,
    save: builder.add('Identity', [file, `^${save}`], { T: { type: 'string' } }),
    restore: builder.group(
      variables.map(({ handle }, i) => builder.assign(handle, `${restored}:${i}`, 'float32')),
    ),
  };
}
