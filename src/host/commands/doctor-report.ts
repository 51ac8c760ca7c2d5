/** What `gan doctor --json` says, as lines for a person: the verdict first, then what is wrong, then the rest. */
import type { Said } from '../../shared/said';

export interface ReportLine {
  readonly text: string;
  readonly isProblem: boolean;
}

interface Parsed extends ReportLine {
  readonly isVerdict: boolean;
}

function isSaid(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && 'text' in value && 'values' in value;
}

function parsed(line: string, translate: (said: Said) => string): Parsed {
  const asItIs = { text: line, isProblem: false, isVerdict: false };
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    // A library's own warning between the records.
    return asItIs;
  }
  if (typeof record !== 'object' || record === null || !('said' in record) || !isSaid(record.said))
    return asItIs;
  return {
    text: translate(record.said),
    isProblem: 'ok' in record && record.ok === false,
    isVerdict: 'type' in record && record.type === 'verdict',
  };
}

export function doctorReport(output: string, translate: (said: Said) => string): ReportLine[] {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  const rank = ({ isVerdict, isProblem }: Parsed): number => (isVerdict ? 0 : isProblem ? 1 : 2);
  return lines
    .map((line) => parsed(line, translate))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ text, isProblem }) => ({ text, isProblem }));
}
