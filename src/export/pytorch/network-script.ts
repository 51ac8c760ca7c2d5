/** A network of a run as a Python module and the tensors that it loads. */
import type { HostTensors } from '../../shared/host-tensor';
import type { NetworkValue } from '../../training/task';
import { namedInputs, networkGraph } from '../layers/network-graph';
import type { ChosenNetwork } from '../network-facts';
import type { Linear } from '../onnx/free-batch';
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
  const inputs = namedInputs(chosen, (key, value) => parameterName(key, value, network.makes === undefined));
  const names = inputs.map(({ name }) => name);
  const graph = await networkGraph(chosen, inputs);
  const script = new Script(names);
  const parts = new Parts(`${network.name}/`);
  const values = new Map<string, Value>();
  for (const { name, value } of inputs) values.set(name, inputValue(script, name, value));
  for (const [name, constant] of graph.constants) values.set(name, { kind: 'constant', ...constant });
  for (const [name, linear] of graph.computed)
    values.set(name, { kind: 'shape', extents: extentsText(linear, names[0] ?? '') });
  const writer = new ModuleWriter(graph, values, script, parts);
  writer.write();
  const lines = script.lines(python`${writer.result(graph.output)}`);
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
