/** Small triangles at the edge of a plot that mark values beyond it. */
import type uPlot from 'uplot';
import { element } from '../../shared/dom';
import { formatValue } from '../../shared/format';
import { t } from '../../shared/texts';
import { hideTooltip, showTooltip } from './tooltip';

export interface BeyondLine {
  /** CSS variable of a colour. */
  readonly colour: string;
  /** Each has a value for every row of the plot's data. */
  readonly columns: readonly (ArrayLike<number | null | undefined> | undefined)[];
}

type Edge = 'above' | 'below';

interface Beyond {
  readonly left: number;
  readonly edge: Edge;
  readonly colour: string;
  extreme: number;
}

/** Marks closer than this are merged. */
const NEAREST_PX = 9;

/** Redraws the marks over the plot. */
export function drawBeyond(plot: uPlot, lines: readonly BeyondLine[]): void {
  for (const old of plot.over.querySelectorAll('.beyond')) old.remove();
  for (const line of lines) for (const one of beyondOf(plot, line)) plot.over.append(handle(one));
}

/** From left to right; neighbours at the same edge are merged. */
function beyondOf(plot: uPlot, { colour, columns }: BeyondLine): Beyond[] {
  const { x: xScale, y: yScale } = plot.scales;
  const [x] = plot.data;
  const [from, to] = [xScale?.min ?? 0, xScale?.max ?? 0];
  const [low, high] = [yScale?.min ?? Number.NEGATIVE_INFINITY, yScale?.max ?? Number.POSITIVE_INFINITY];
  const found: Beyond[] = [];
  const newest = new Map<Edge, Beyond>();
  for (let row = 0; row < x.length; row++) {
    const position = x[row] ?? 0;
    if (position < from || position > to) continue;
    for (const column of columns) {
      const value = column?.[row];
      if (typeof value !== 'number' || (value >= low && value <= high)) continue;
      const edge: Edge = value > high ? 'above' : 'below';
      const left = plot.valToPos(position, 'x');
      const last = newest.get(edge);
      if (last !== undefined && left - last.left < NEAREST_PX) {
        last.extreme = edge === 'above' ? Math.max(last.extreme, value) : Math.min(last.extreme, value);
      } else {
        const one: Beyond = { left, edge, colour, extreme: value };
        newest.set(edge, one);
        found.push(one);
      }
    }
  }
  return found;
}

function handle({ left, edge, colour, extreme }: Beyond): HTMLElement {
  const made = element('span', { class: `beyond ${edge}`, 'aria-hidden': 'true' });
  made.style.left = `${left}px`;
  made.style.backgroundColor = `var(${colour})`;
  const text = t('Outside the range: {0}. “All values” shows it.', formatValue(extreme));
  made.addEventListener('mouseenter', () => showTooltip([text], made.getBoundingClientRect()));
  made.addEventListener('mouseleave', hideTooltip);
  return made;
}
