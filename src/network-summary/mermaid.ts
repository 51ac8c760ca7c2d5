/** Networks as a Mermaid flowchart, which GitHub and VS Code's Markdown preview draw. */

import { formatText, type LocalizableText, localizable } from '../shared/localizable-text';
import type { LayerSummary, NetworkSummary } from '../shared/network-summary';
import { layerTitle, shapeText } from './texts';

type Say = (said: LocalizableText) => string;

/** @param say for another language */
export function mermaidOf(
  networks: readonly NetworkSummary[],
  say: Say = (said) => formatText(said),
): string {
  return ['flowchart TB', ...networks.flatMap((network) => networkLines(network, say)), ''].join('\n');
}

function networkLines({ name, input, output, layers }: NetworkSummary, say: Say): string[] {
  const node = (index: number): string => (index < 0 ? `${name}_in` : `${name}_${index}`);
  const last = layers.length - 1;
  return [
    `  subgraph ${name}`,
    `    ${node(-1)}(["${say(localizable('input'))} ${shapeText(input)}"])`,
    ...layers.map((layer, index) => `    ${node(index)}["${label(layer, say)}"]`),
    `    ${name}_out(["${say(localizable('output'))} ${shapeText(output)}"])`,
    ...layers.flatMap(({ inputs }, index) => inputs.map((from) => `    ${node(from)} --> ${node(index)}`)),
    ...(last < 0 ? [] : [`    ${node(last)} --> ${name}_out`]),
    '  end',
  ];
}

function label(layer: LayerSummary, say: Say): string {
  return `${layer.path}<br/>${say(layerTitle(layer))}<br/>${shapeText(layer.output)}`;
}
