/**
 * Marks on a chart at the steps with findings of the diagnostics; hovering shows their texts. For the keyboard and for
 * screen readers, the list of findings contains the same texts.
 */
import type uPlot from 'uplot';
import type { FindingRecord } from '../../../src/shared/run-format';
import { element } from '../../shared/dom';
import { themeColour, translucent } from '../../shared/theme';
import { hideTooltip, showTooltip } from './tooltip';

export interface Mark {
  /** Position on the x axis. */
  readonly x: number;
  readonly severity: FindingRecord['severity'];
  readonly text: string;
}

/** Marks closer than this are merged. */
const NEAREST_PX = 10;
const MAX_TEXTS = 6;
const LINE_OPACITY = 0.5;

const SEVERITIES: readonly Mark['severity'][] = ['info', 'warning', 'error'];
const COLOURS: Readonly<Record<Mark['severity'], string>> = {
  info: '--vscode-editorInfo-foreground',
  warning: '--vscode-editorWarning-foreground',
  error: '--vscode-editorError-foreground',
};

interface Cluster {
  readonly left: number;
  readonly marks: Mark[];
}

function clusters(plot: uPlot, marks: readonly Mark[]): Cluster[] {
  const found: Cluster[] = [];
  const { min = 0, max = 0 } = plot.scales.x ?? {};
  for (const mark of marks) {
    if (mark.x < (min ?? 0) || mark.x > (max ?? 0)) continue;
    const left = plot.valToPos(mark.x, 'x');
    const last = found.at(-1);
    if (last !== undefined && left - last.left < NEAREST_PX) last.marks.push(mark);
    else found.push({ left, marks: [mark] });
  }
  return found;
}

function worst(marks: readonly Mark[]): Mark['severity'] {
  return SEVERITIES.findLast((severity) => marks.some((mark) => mark.severity === severity)) ?? 'info';
}

/** Draws the marks, ascending in x, onto the canvas and places hover targets over it. */
export function drawMarks(plot: uPlot, marks: readonly Mark[]): void {
  for (const old of plot.over.querySelectorAll('.mark')) old.remove();
  if (marks.length === 0) return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([]);
  for (const { left, marks: here } of clusters(plot, marks)) {
    const severity = worst(here);
    const x = Math.round(bbox.left + left * devicePixelRatio);
    ctx.strokeStyle = translucent(themeColour(COLOURS[severity]), LINE_OPACITY);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    plot.over.append(handle(left, severity, here));
  }
  ctx.restore();
}

function handle(left: number, severity: Mark['severity'], marks: readonly Mark[]): HTMLElement {
  const made = element('span', { class: `mark ${severity}`, 'aria-hidden': 'true' });
  made.style.left = `${left}px`;
  const texts = marks.slice(0, MAX_TEXTS).map(({ text }) => text);
  if (marks.length > MAX_TEXTS) texts.push('…');
  made.addEventListener('mouseenter', () => showTooltip(texts, made.getBoundingClientRect()));
  made.addEventListener('mouseleave', hideTooltip);
  return made;
}
