/** The appearance of a run in a comparison, the same everywhere: a colour and a name. */
import { MAX_COMPARED_LINES } from '../../src/shared/dashboard-protocol';

export interface RunLook {
  readonly name: string;
  /** CSS variable of a colour; the style sheet defines one for each theme. */
  readonly colour: string;
  /** Set if others of the runs differ from it by the seed alone. */
  readonly seeds?: SeedsLook;
}

/** Runs that differ by the seed alone. */
export interface SeedsLook {
  /** Indices of the runs, ascending. */
  readonly runs: readonly number[];
  /** What they are called as one. */
  readonly name: string;
}

export function runLook(run: number, name: string): RunLook {
  return { name, colour: runColour(run) };
}

/** Colours repeat only among more runs than there can be lines. */
export function runColour(line: number): string {
  return `--run-${line % MAX_COMPARED_LINES}`;
}

/** Prefixes a text with the name of its run if there are several. */
export function ofRun(text: string, run: number, runs: readonly RunLook[]): string {
  return runs.length === 1 ? text : `${runs[run]?.name ?? ''} – ${text}`;
}

/** A sample of a chart line, for a legend. */
export function swatch(colour: string, dash: readonly number[]): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('class', 'swatch');
  picture.setAttribute('viewBox', '0 0 18 4');
  picture.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(space, 'line');
  for (const [name, value] of Object.entries({ x1: '0', x2: '18', y1: '2', y2: '2' }))
    line.setAttribute(name, value);
  line.style.stroke = `var(${colour})`;
  if (dash.length > 0) line.setAttribute('stroke-dasharray', dash.join(' '));
  picture.append(line);
  return picture;
}
