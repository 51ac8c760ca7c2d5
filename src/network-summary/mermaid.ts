/** Networks as a Mermaid flowchart, which GitHub and VS Code's Markdown preview draw. */
import type { LayerSummary, NetworkSummary } from '../shared/network-summary';
import { layerTitle, shapeText } from './texts';

export function mermaidOf(networks: readonly NetworkSummary[]): string {
  return ['flowchart TB', ...networks.flatMap(networkLines), ''].join('\n');
}

function networkLines({ name, input, output, layers }: NetworkSummary): string[] {
  const node = (index: number): string => (index < 0 ? `${name}_in` : `${name}_${index}`);
  const last = layers.length - 1;
  return [
    `  subgraph ${name}`,
    `    ${node(-1)}(["input ${shapeText(input)}"])`,
    ...layers.map((layer, index) => `    ${node(index)}["${label(layer)}"]`),
    `    ${name}_out(["output ${shapeText(output)}"])`,
    ...layers.flatMap(({ inputs }, index) => inputs.map((from) => `    ${node(from)} --> ${node(index)}`)),
    ...(last < 0 ? [] : [`    ${node(last)} --> ${name}_out`]),
    '  end',
  ];
}

function label(layer: LayerSummary): string {
  return `${layer.path}<br/>${layerTitle(layer)}<br/>${shapeText(layer.output)}`;
}
