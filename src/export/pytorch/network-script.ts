/** A network of a run as a Python module and the tensors that it loads. */
import type { HostTensors } from '../../shared/host-tensor';
import type { NetworkValue } from '../../training/task';
import type { ChosenNetwork } from '../network-facts';
import { foldConstants } from '../onnx/fold';
import type { Linear } from '../onnx/free-batch';
import { freeNetwork, weightConstants, weightsOf } from '../onnx/free-network';
import { weightName } from '../weight-name';
import { ModuleWriter } from './module-writer';
import { Parts } from './parts';
import { docText, python, Script } from './script';
import { CHANNELS_FIRST, type Value } from './value';

export interface NetworkScript {
  readonly text: string;
  readonly tensors: HostTensors;
  /** Names of the arguments. */
  readonly inputs: readonly string[];
}

const INDENT = '        ';

export async function networkScript(chosen: ChosenNetwork): Promise<NetworkScript> {
  const { network } = chosen;
  const leaves = await weightsOf(chosen);
  const inputs = Object.entries(network.inputs).map(([key, value]) => ({
    key,
    value,
    name: parameterName(key, value, network.makes === undefined),
  }));
  const names = inputs.map(({ name }) => name);
  const inner = new Map(inputs.map(({ key, name }) => [key, name]));
  const { free, made } = freeNetwork(chosen, leaves, inner);
  const constants = [...weightConstants(leaves), ...free.constants];
  const folded = await foldConstants({
    nodes: free.nodes,
    constants,
    types: free.types,
    outputs: [made.name],
  });
  const script = new Script(names);
  const parts = new Parts(`${network.name}/`);
  const values = new Map<string, Value>();
  for (const { name, value } of inputs) values.set(name, inputValue(script, name, value));
  for (const constant of folded.constants)
    values.set(constant.name, {
      kind: 'constant',
      constant,
      origins: folded.origins.get(constant.name) ?? [],
    });
  for (const [name, linear] of free.computed)
    values.set(name, { kind: 'shape', extents: extentsText(linear, names[0] ?? '') });
  const isComputed = (name = ''): boolean =>
    free.computed.has(name) || name === 'batch_size' || name.startsWith('scaled_');
  const weights = Object.fromEntries(
    Object.entries(leaves).map(([leaf, tensor]) => [weightName(leaf), tensor]),
  );
  const nodes = folded.nodes.filter(({ outputs }) => !isComputed(outputs[0]));
  const writer = new ModuleWriter({ nodes, shapes: free.shapes, values, weights }, script, parts);
  writer.write();
  const lines = script.lines(python`${writer.result(made.name)}`);
  return { text: moduleText(chosen, names, parts, lines), tensors: parts.tensors, inputs: names };
}

function parameterName(key: string, { kind }: NetworkValue, isJudged: boolean): string {
  if (kind === 'latents') return 'latents';
  if (kind === 'classes') return 'classes';
  return isJudged && key === 'examples' ? 'examples' : 'images';
}

/** Images come with channels first, and classes as numbers. */
function inputValue(script: Script, name: string, value: NetworkValue): Value {
  const variable = script.parameter(name);
  switch (value.kind) {
    case 'latents':
      return { kind: 'tensor', variable, shape: [1, value.space.size], isChannelsFirst: false };
    case 'classes':
      return {
        kind: 'tensor',
        variable: script.assign(python`F.one_hot(${variable}, ${value.count}).float()`),
        shape: [1, value.count],
        isChannelsFirst: false,
      };
    case 'examples':
      return value.shape.kind === 'image'
        ? { kind: 'tensor', variable, shape: CHANNELS_FIRST.map(() => 1), isChannelsFirst: true }
        : { kind: 'tensor', variable, shape: [1, value.shape.dimensions], isChannelsFirst: false };
  }
}

function extentsText({ base, slope }: Linear, source: string): (number | string)[] {
  return base.map((fixed, i) => {
    const factor = slope[i] ?? 0;
    if (factor === 0) return fixed;
    const batch = `${factor === 1 ? '' : `${factor} * `}${source}.shape[0]`;
    return fixed === 0 ? batch : `${batch} + ${fixed}`;
  });
}

function moduleText(
  { network, facts }: ChosenNetwork,
  inputs: readonly string[],
  { declarations }: Parts,
  lines: readonly string[],
): string {
  const name = network.name.charAt(0).toUpperCase() + network.name.slice(1);
  const described = Object.entries(network.inputs).map(
    ([, value], i) => `    ${inputs[i]}: ${inputText(value)}`,
  );
  return `"""The ${network.name} of ${docText(facts.name)} (${docText(facts.run)}, step ${facts.step}), exported by GAN Workbench ${facts.workbench}.

Needs PyTorch and safetensors: pip install torch safetensors
"""
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class ${name}(nn.Module):
    """Inputs:

${described.join('\n')}

    Returns ${outputText(network.makes)}.
    """

    def __init__(self):
        super().__init__()
${declarations.map((line) => INDENT + line).join('\n') || `${INDENT}pass`}

    def forward(self, ${inputs.join(', ')}):
${lines.map((line) => INDENT + line).join('\n')}


def load(file=Path(__file__).parent / "model.safetensors"):
    """The trained network, for inference; call train() to go on training."""
    network = ${name}()
    network.load_state_dict(load_file(file))
    return network.eval()
`;
}

function inputText(value: NetworkValue): string {
  switch (value.kind) {
    case 'latents':
      return `float [batch, ${value.space.size}], ${value.space.prior === 'normal' ? 'standard normal' : 'uniform in [-1, 1]'}`;
    case 'classes':
      return `int64 [batch], 0 to ${value.count - 1}`;
    case 'examples':
      return exampleText(value.shape);
  }
}

function outputText(makes: ChosenNetwork['network']['makes']): string {
  return makes === undefined ? 'logits' : exampleText(makes);
}

function exampleText(shape: Exclude<ChosenNetwork['network']['makes'], undefined>): string {
  return shape.kind === 'image'
    ? `float [batch, ${shape.channels}, ${shape.height}, ${shape.width}] in [-1, 1]`
    : `float [batch, ${shape.dimensions}]`;
}
