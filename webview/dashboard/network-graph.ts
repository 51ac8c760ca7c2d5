/**
 * How the layers of a network are connected, drawn beside its table like the history of a repository: a dot for each
 * layer, and arcs to the layers that read it.
 */

const ROW = 24;
const COLUMN = 10;
const SVG = 'http://www.w3.org/2000/svg';

interface Arc {
  readonly from: number;
  readonly to: number;
  /** 0 for a line to the next layer. */
  readonly lane: number;
}

/**
 * Places the arcs of skip connections in lanes where they do not overlap, short ones first.
 *
 * @param inputs for each layer, the layers that it reads; -1 is the input of the network
 */
export function arcsOf(inputs: readonly (readonly number[])[]): readonly Arc[] {
  const lines = inputs
    .flatMap((read, to) => read.map((from) => ({ from, to })))
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  const placed: Arc[] = [];
  for (const { from, to } of lines) {
    const overlapping = placed.filter((arc) => arc.lane > 0 && arc.from < to && from < arc.to);
    const taken = new Set(overlapping.map(({ lane }) => lane));
    let lane = to - from === 1 ? 0 : 1;
    while (lane > 0 && taken.has(lane)) lane++;
    placed.push({ from, to, lane });
  }
  return placed;
}

function svgElement(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Its rows are as high as those of the table; the first one is the input of the network. */
export function networkGraph(inputs: readonly (readonly number[])[]): SVGElement {
  const arcs = arcsOf(inputs);
  const lanes = Math.max(0, ...arcs.map(({ lane }) => lane));
  const x = (lanes + 1) * COLUMN;
  const y = (layer: number): number => (layer + 1.5) * ROW;
  const width = x + COLUMN;
  const height = (inputs.length + 1) * ROW;
  const drawing = svgElement('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
  });
  for (const { from, to, lane } of arcs) {
    const far = x - lane * COLUMN;
    const path =
      lane === 0
        ? `M${x} ${y(from)}V${y(to)}`
        : `M${x} ${y(from)}Q${far} ${y(from)} ${far} ${y(from) + ROW / 2}V${y(to) - ROW / 2}Q${far} ${y(to)} ${x} ${y(to)}`;
    drawing.append(svgElement('path', { d: path, class: lane === 0 ? 'line' : 'line skip' }));
  }
  for (let layer = -1; layer < inputs.length; layer++)
    drawing.append(svgElement('circle', { cx: x, cy: y(layer), r: 3.5, class: 'dot' }));
  return drawing;
}
