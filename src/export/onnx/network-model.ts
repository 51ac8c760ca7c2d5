/** A network of a run as an ONNX model for any number of examples, whose weights are constants. */
import { encodeProtobuf, type OnnxConstant, type OnnxNode } from '../../engine/onnx/protobuf';
import type { ExampleShape } from '../../shared/example-shape';
import { type ChosenNetwork, metadataOf, type NetworkFacts } from '../network-facts';
import { foldConstants } from './fold';
import { freeNetwork, weightConstants, weightsOf } from './free-network';
import { adaptInput, adaptOutput } from './interface';

/** Of 2022, which runtimes of the last years read. */
const OPERATOR_SET = 18;

export async function networkModel(chosen: ChosenNetwork): Promise<Uint8Array> {
  const { network, facts } = chosen;
  const leaves = await weightsOf(chosen);
  const inputs = Object.entries(network.inputs).map(([key, value]) => {
    const adapted = adaptInput(network.makes === undefined && key === 'examples' ? 'images' : 'input', value);
    return { key, ...adapted };
  });
  const { free, made } = freeNetwork(chosen, leaves, new Map(inputs.map(({ key, inner }) => [key, inner])));
  const output = adaptOutput(made.name, network.makes, made.extents);
  const folded = await foldConstants({
    nodes: [...inputs.flatMap(({ nodes }) => nodes), ...free.nodes, ...output.nodes],
    constants: distinct([
      ...weightConstants(leaves),
      ...inputs.flatMap(({ constants }) => constants),
      ...free.constants,
      ...output.constants,
    ]),
    types: free.types,
    outputs: output.values.map((value) => value.name),
  });
  return encodeProtobuf({
    name: facts.name,
    inputs: inputs.flatMap(({ values }) => values),
    outputs: output.values,
    constants: folded.constants,
    nodes: named(folded.nodes),
    operatorSet: OPERATOR_SET,
    producerVersion: facts.workbench,
    description: descriptionOf(facts),
    metadata: {
      ...metadataOf(facts),
      ...imageFacts(network.makes),
    },
  });
}

function imageFacts(makes: ExampleShape | undefined): Record<string, string> {
  if (makes?.kind !== 'image') return {};
  const { labelMap } = makes;
  return {
    valueRange: 'images_float: -1 to 1; images: 0 to 255',
    ...(labelMap === undefined ? {} : { pixelClasses: JSON.stringify(labelMap.names) }),
  };
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
