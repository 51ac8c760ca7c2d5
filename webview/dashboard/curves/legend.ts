/** The lines of a chart with their values under the cursor; clicking an entry hides its lines. */
import { element } from '../../shared/dom';
import { formatValue } from '../../shared/format';
import { t } from '../../shared/texts';
import { type RunLook, swatch } from '../run-look';
import type { ChartDefinition } from './definitions';

export interface Legend {
  readonly root: HTMLElement;
  /** Shows a value for each line; `which` labels the values if that is not obvious. */
  read(values: readonly (number | null)[], which?: string): void;
  /** Dims the entries of hidden lines. */
  showHidden(hidden: ReadonlySet<number>): void;
}

interface Toggle {
  readonly button: HTMLElement;
  /** Indices of the lines that it hides and shows. */
  readonly lines: readonly number[];
}

/** @param onToggle receives the lines of the clicked entry */
export function makeLegend(
  { lines }: Lines,
  runs: readonly RunLook[],
  onToggle: (lines: readonly number[]) => void,
): Legend {
  const cells = lines.map(() => element('span', { class: 'value' }, '–'));
  const isComparison = runs.length > 1;
  const { content, toggles } = isComparison ? compared({ lines }, runs, cells) : single({ lines }, cells);
  for (const toggle of toggles) toggle.button.addEventListener('click', () => onToggle(toggle.lines));
  return {
    root: element('div', { class: isComparison ? 'legend compared' : 'legend' }, ...content),
    read: (values, which) => {
      cells.forEach((cell, line) => {
        const value = values[line];
        const text = formatValue(value);
        cell.textContent = which === undefined || typeof value !== 'number' ? text : `${text} (${which})`;
      });
    },
    showHidden: (hidden) => {
      for (const { button, lines: own } of toggles)
        button.setAttribute('aria-pressed', String(!own.every((line) => hidden.has(line))));
      cells.forEach((cell, line) => {
        cell.classList.toggle('dimmed', hidden.has(line));
      });
    },
  };
}

type Lines = Pick<ChartDefinition, 'lines'>;

interface Content {
  readonly content: readonly HTMLElement[];
  readonly toggles: readonly Toggle[];
}

function toggleButton(className: string, title: string, ...children: readonly (Node | string)[]) {
  return element('button', { class: `${className} toggle`, title, 'aria-pressed': 'true' }, ...children);
}

function single({ lines }: Lines, cells: readonly HTMLElement[]): Content {
  const toggles = lines.map(({ label, colour, dash }, line): Toggle => {
    const title = t('Show or hide {0}', label);
    const button = toggleButton('legend-entry', title, swatch(colour, dash), label, cells[line] ?? '');
    return { button, lines: [line] };
  });
  return { content: toggles.map(({ button }) => button), toggles };
}

/** One row per run, one column per player. */
function compared({ lines }: Lines, runs: readonly RunLook[], cells: readonly HTMLElement[]): Content {
  const players = lines.filter(({ run }) => run === 0);
  const linesWhere = (isMeant: (line: Lines['lines'][number]) => boolean): number[] =>
    lines.flatMap((line, index) => (isMeant(line) ? [index] : []));
  const columns = players.map(({ label, shortLabel, dash, curve }): Toggle => {
    const sample = players.length > 1 ? [swatch('--vscode-descriptionForeground', dash)] : [];
    const button = toggleButton('legend-player', t('Show or hide {0}', label), ...sample, shortLabel);
    return { button, lines: linesWhere((line) => line.curve === curve) };
  });
  const rows = runs.map(({ name, colour }, run): Toggle => {
    const title = t('Show or hide {0}', name);
    const button = toggleButton('legend-run', title, swatch(colour, []), element('span', {}, name));
    return { button, lines: linesWhere((line) => line.run === run) };
  });
  const table = element(
    'div',
    { class: 'legend-table' },
    element('span', { class: 'legend-row' }, element('span', {}), ...columns.map(({ button }) => button)),
    ...rows.map(({ button, lines: own }) =>
      element('span', { class: 'legend-row' }, button, ...own.map((line) => cells[line] ?? '')),
    ),
  );
  table.style.setProperty('--players', String(players.length));
  return { content: [table], toggles: [...columns, ...rows] };
}
