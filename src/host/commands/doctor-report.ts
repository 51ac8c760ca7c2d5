/** The output of `gan doctor --json` as readable lines: the verdict first, then the problems, then the rest. */
import { type DoctorLine, parseLine } from '../../shared/cli-protocol';
import type { LocalizableText } from '../../shared/localizable-text';

export interface ReportLine {
  readonly text: string;
  readonly isProblem: boolean;
}

interface Parsed extends ReportLine {
  readonly isVerdict: boolean;
}

function isDoctorLine(line: object | undefined): line is DoctorLine {
  return (
    line !== undefined &&
    'said' in line &&
    typeof line.said === 'object' &&
    line.said !== null &&
    'text' in line.said &&
    'values' in line.said
  );
}

function parsed(text: string, translate: (said: LocalizableText) => string): Parsed {
  const line = parseLine(text);
  // A library's own warning between the lines is shown unchanged.
  if (!isDoctorLine(line)) return { text, isProblem: false, isVerdict: false };
  return { text: translate(line.said), isProblem: line.ok === false, isVerdict: line.type === 'verdict' };
}

export function doctorReport(output: string, translate: (said: LocalizableText) => string): ReportLine[] {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  const rank = ({ isVerdict, isProblem }: Parsed): number => (isVerdict ? 0 : isProblem ? 1 : 2);
  return lines
    .map((line) => parsed(line, translate))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ text, isProblem }) => ({ text, isProblem }));
}
