/** Formats the reading of a chart's cursor, for display above the chart and for screen readers. */
import type { XAxis } from '../../../src/shared/dashboard-protocol';
import { formatCount, formatDuration, formatValue } from '../../shared/format';
import { t } from '../../shared/texts';
import { ofRun, type RunLook } from '../run-look';
import type { LineStyle } from './definitions';

export function formatPosition(xAxis: XAxis, value: number): string {
  return xAxis === 'seconds' ? formatDuration(value) : formatCount(value);
}

export function positionText(xAxis: XAxis, value: number): string {
  const position = formatPosition(xAxis, value);
  if (xAxis === 'seconds') return t('Time {0}', position);
  return xAxis === 'images' ? t('Example {0}', position) : t('Step {0}', position);
}

/** The position and the value of each line there; `raw` holds the values without smoothing, if smoothed. */
export function readingText(
  position: string,
  lines: readonly LineStyle[],
  values: readonly (number | null)[],
  raw: readonly (number | null)[] | undefined,
  runs: readonly RunLook[],
): string {
  const read = lines.map(({ label, run }, line) => {
    const value = formatValue(values[line]);
    const shown = raw === undefined ? value : t('{0} (raw {1})', value, formatValue(raw[line]));
    return `${ofRun(label, run, runs)} ${shown}`;
  });
  return [position, ...read].join(', ');
}
