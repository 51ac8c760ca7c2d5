/** What `gan doctor --json` says, as lines for a person. */

export interface ReportLine {
  readonly text: string;
  readonly isProblem: boolean;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A library's own warning between the records; it is shown as it is.
    return line;
  }
}

/** A line for each record or other line of the output. */
export function doctorReport(output: string): ReportLine[] {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const record = parsed(line);
    if (typeof record !== 'object' || record === null) return { text: line, isProblem: false };
    const { type, ok, ...facts } = { type: '', ok: true, ...record };
    const told = Object.entries(facts).map(([name, fact]) => `${name} ${String(fact)}`);
    return { text: `${type}: ${told.join(', ')}`, isProblem: ok === false };
  });
}
