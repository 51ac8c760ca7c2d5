/** Networks as a table for terminals. */
import type { LayerSummary, NetworkSummary } from '../shared/network-summary';
import { formatCount, formatValue } from '../shared/number-text';
import { layerTitle, shapeText } from './texts';

const UNITS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

export function tableOf({
  name,
  input,
  output,
  layers,
  parameters,
  statistics,
  flops,
}: NetworkSummary): string {
  const hasFields = layers.some(({ receptiveField }) => receptiveField !== undefined);
  const head = ['layer', '', 'output', 'parameters', 'FLOPs', ...(hasFields ? ['receptive field'] : [])];
  const total = ['total', '', '', formatCount(parameters), flopsText(flops)];
  const rows = [head, ...layers.map((layer) => cellsOf(layer, hasFields)), total];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  // The first three columns are text.
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const kept = statistics === 0 ? '' : `, and ${formatCount(statistics)} running statistics`;
  return [
    `${name}: ${shapeText(input)} → ${shapeText(output)}, ${formatCount(parameters)} parameters${kept}`,
    ...rows.map((cells) => `  ${line(cells)}`),
  ].join('\n');
}

function cellsOf(layer: LayerSummary, hasFields: boolean): string[] {
  const { path, output, parameters, flops, receptiveField } = layer;
  return [
    path,
    layerTitle(layer),
    shapeText(output),
    formatCount(parameters),
    flopsText(flops),
    ...(hasFields ? [fieldText(receptiveField)] : []),
  ];
}

function flopsText(flops: number): string {
  const [unit, letter] = UNITS.find(([size]) => flops >= size) ?? [1, ''];
  return `${formatValue(flops / unit)} ${letter}`.trim();
}

function fieldText(field: LayerSummary['receptiveField']): string {
  if (field === undefined) return '–';
  return field === 'all' ? 'all' : `${field} × ${field}`;
}
