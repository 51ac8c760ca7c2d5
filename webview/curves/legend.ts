/** What the lines of a chart are, and what they are worth under the cursor. */
import { element } from '../dom';
import { formatValue } from '../format';
import { type RunLook, swatch } from '../run-look';
import type { ChartDefinition } from './definitions';

export interface Legend {
  readonly root: HTMLElement;
  /** Shows a value of each line. */
  read(values: readonly (number | null)[]): void;
}

export function makeLegend({ lines, score }: ChartDefinition, runs: readonly RunLook[]): Legend {
  const cells = lines.map(() => element('span', { class: 'value' }, '–'));
  const protocol = score === undefined ? [] : [element('span', { class: 'protocol note' }, score.protocol)];
  const isComparison = runs.length > 1;
  const entries = isComparison ? compared({ lines }, runs, cells) : single({ lines }, cells);
  return {
    root: element('div', { class: isComparison ? 'legend compared' : 'legend' }, ...protocol, ...entries),
    read: (values) => {
      cells.forEach((cell, line) => {
        cell.textContent = formatValue(values[line]);
      });
    },
  };
}

type Lines = Pick<ChartDefinition, 'lines'>;

function single({ lines }: Lines, cells: readonly HTMLElement[]): HTMLElement[] {
  return lines.map(({ label, colour, dash }, line) =>
    element('span', { class: 'legend-entry' }, swatch(colour, dash), label, cells[line] ?? ''),
  );
}

/** A row for each run, a column for each player. */
function compared({ lines }: Lines, runs: readonly RunLook[], cells: readonly HTMLElement[]): HTMLElement[] {
  const players = lines.filter(({ run }) => run === 0);
  const head = element(
    'span',
    { class: 'legend-row' },
    element('span', {}),
    ...players.map(({ label, shortLabel, dash }) =>
      element(
        'span',
        { class: 'legend-player', title: label },
        ...(players.length > 1 ? [swatch('--vscode-descriptionForeground', dash)] : []),
        shortLabel,
      ),
    ),
  );
  const rows = runs.map(({ name, colour }, run) =>
    element(
      'span',
      { class: 'legend-row' },
      element('span', { class: 'legend-run', title: name }, swatch(colour, []), element('span', {}, name)),
      ...cells.filter((_, line) => lines[line]?.run === run),
    ),
  );
  const table = element('div', { class: 'legend-table' }, head, ...rows);
  table.style.setProperty('--players', String(players.length));
  return [table];
}
