/** A network of a run as an ONNX model for any number of examples, whose weights are constants. */
import { encodeProtobuf, type OnnxConstant, type OnnxNode } from '../../engine/onnx/protobuf';
import type { Graph } from '../../engine/trace/graph';
import { INPUT, LEAF_IN, traceProgram } from '../../engine/trace/trace';
import type { HostTensors } from '../../shared/host-tensor';
import type { InferenceNetwork } from '../../training/task';
import type { ChosenNetwork, NetworkFacts } from '../network-facts';
import { weightName } from '../weight-name';
import { foldConstants } from './fold';
import { freeBatch, TRACED_BATCHES } from './free-batch';
import { adaptInput, adaptOutput } from './interface';
import { exportLowering } from './lowering';

/** Of 2022, which runtimes of the last years read. */
const OPERATOR_SET = 18;

export async function networkModel({ network, generator, facts }: ChosenNetwork): Promise<Uint8Array> {
  const leaves = await generator.engine.read(network.program(1, facts.weights).reads);
  return encodeProtobuf({
    ...(await graphOf(network, leaves, facts)),
    operatorSet: OPERATOR_SET,
    producerVersion: facts.workbench,
    description: descriptionOf(facts),
    metadata: metadataOf(network, facts),
  });
}

async function graphOf(network: InferenceNetwork, leaves: HostTensors, { weights, name }: NetworkFacts) {
  const inputs = Object.entries(network.inputs).map(([key, value]) => {
    const adapted = adaptInput(network.makes === undefined && key === 'examples' ? 'images' : 'input', value);
    return { key, ...adapted };
  });
  const innerNames = new Map(inputs.map(({ key, inner }) => [INPUT + key, inner]));
  const nameOf = (traced: string): string =>
    innerNames.get(traced) ?? weightName(traced.slice(LEAF_IN.length));
  const trace = (batch: number): Graph =>
    traceProgram(network.program(batch, weights), leaves, exportLowering).graph;
  const [a, b, c] = TRACED_BATCHES;
  const first = trace(a);
  const free = freeBatch([first, trace(b), trace(c)], nameOf, inputs[0]?.inner ?? '');
  const made = first.outputs[0]?.value;
  const output = adaptOutput(
    made === undefined ? '' : (free.names.get(made.id) ?? ''),
    network.makes,
    made?.shape.slice(1) ?? [],
  );
  const folded = await foldConstants({
    nodes: [...inputs.flatMap(({ nodes }) => nodes), ...free.nodes, ...output.nodes],
    constants: distinct([
      ...Object.entries(leaves).map(([leaf, tensor]) => constantOf(weightName(leaf), tensor)),
      ...inputs.flatMap(({ constants }) => constants),
      ...free.constants,
      ...output.constants,
    ]),
    types: free.types,
    outputs: output.values.map((value) => value.name),
  });
  return {
    name,
    inputs: inputs.flatMap(({ values }) => values),
    outputs: output.values,
    constants: folded.constants,
    nodes: named(folded.nodes),
  };
}

function constantOf(name: string, { dtype, shape, data }: HostTensors[string]): OnnxConstant {
  return { name, type: dtype, shape, data };
}

function distinct(constants: readonly OnnxConstant[]): OnnxConstant[] {
  return [...new Map(constants.map((constant) => [constant.name, constant])).values()];
}

/** Each node needs a name of its own, for the tools that show graphs. */
function named(nodes: readonly OnnxNode[]): OnnxNode[] {
  return nodes.map((node) => ({ ...node, name: node.name ?? node.outputs[0] ?? node.op }));
}

function descriptionOf({ name, run, step, network, weights }: NetworkFacts): string {
  const averaged = weights === 'averaged' ? ', averaged weights' : '';
  return `${network} of ${name} (${run}, step ${step}${averaged}), exported by GAN Workbench.`;
}

function metadataOf(network: InferenceNetwork, facts: NetworkFacts): Record<string, string> {
  const { classes, ...plain } = facts;
  return {
    ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, String(value)])),
    ...(network.makes?.kind === 'image' ? { valueRange: 'images_float: -1 to 1; images: 0 to 255' } : {}),
    ...(classes.length === 0 ? {} : { classes: JSON.stringify(classes) }),
  };
}
