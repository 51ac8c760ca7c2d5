/** Networks as a table for terminals. */
import { formatText, type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import type { LayerSummary, NetworkSummary } from '../shared/network-summary';
import { formatCount, formatValue } from '../shared/number-text';
import { padEndTo, padStartTo, textWidth } from '../shared/text-width';
import { layerTitle, shapeText } from './texts';

const UNITS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

type Say = (said: LocalizableText) => string;

/** @param say for another language */
export function tableOf(
  { name, input, output, layers, parameters, statistics, flops }: NetworkSummary,
  say: Say = (said) => formatText(said),
): string {
  const hasFields = layers.some(({ receptiveField }) => receptiveField !== undefined);
  const head = [
    say(localizable('layer')),
    '',
    say(localizable('output')),
    say(localizable('parameters')),
    'FLOPs',
    ...(hasFields ? [say(localizable('receptive field'))] : []),
  ];
  const total = [say(localizable('total')), '', '', formatCount(parameters), flopsText(flops)];
  const rows = [head, ...layers.map((layer) => cellsOf(layer, hasFields, say)), total];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => textWidth(cells[column] ?? ''))));
  // The first three columns are text.
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column < 3 ? padEndTo(cell, widths[column] ?? 0) : padStartTo(cell, widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    say(titleOf({ name, input, output, parameters, statistics })),
    ...rows.map((cells) => `  ${line(cells)}`),
  ].join('\n');
}

function titleOf({
  name,
  input,
  output,
  parameters,
  statistics,
}: Pick<NetworkSummary, 'name' | 'input' | 'output' | 'parameters' | 'statistics'>): LocalizableText {
  const shapes = `${shapeText(input)} → ${shapeText(output)}`;
  return statistics === 0
    ? localizable('{0}: {1}, {2} parameters', name, shapes, formatCount(parameters))
    : localizable(
        '{0}: {1}, {2} parameters, and {3} running statistics',
        name,
        shapes,
        formatCount(parameters),
        formatCount(statistics),
      );
}

function cellsOf(layer: LayerSummary, hasFields: boolean, say: Say): string[] {
  const { path, output, parameters, flops, receptiveField } = layer;
  return [
    path,
    say(layerTitle(layer)),
    shapeText(output),
    formatCount(parameters),
    flopsText(flops),
    ...(hasFields ? [say(fieldText(receptiveField))] : []),
  ];
}

function flopsText(flops: number): string {
  const [unit, letter] = UNITS.find(([size]) => flops >= size) ?? [1, ''];
  return `${formatValue(flops / unit)} ${letter}`.trim();
}

function fieldText(field: LayerSummary['receptiveField']): LocalizableText {
  if (field === undefined) return verbatim('–');
  return field === 'all' ? localizable('all') : verbatim(`${field} × ${field}`);
}
