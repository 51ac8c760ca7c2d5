/**
 * Formats a finding of the diagnostics for the terminal, with the options for `gan resume --from STEP` that address it.
 */
import { overridesOf } from '../shared/finding-change';
import type { FindingRecord, RecoveryRecord } from '../shared/run-format';

/** Maximum number of changes shown; the dashboard and the records have all. */
const MAX_CHANGES = 3;

export function findingText({
  step,
  severity,
  rule,
  title = rule,
  message,
  changes = [],
}: FindingRecord): string {
  const tries = changes
    .slice(0, MAX_CHANGES)
    .map((change) => `  ${change.title}: ${overridesOf(change).map(setOption).join(' ')}`);
  return [`Step ${step}, ${severity}: ${title}. ${message}`, ...tries].join('\n');
}

export function recoveryText({ step, title, foundAt }: RecoveryRecord): string {
  return `Step ${step}, recovered: ${title} (found at step ${foundAt}).`;
}

/** Formats an option for a shell, quoted where necessary. */
function setOption(override: string): string {
  return /^[\w.=-]+$/.test(override) ? `--set ${override}` : `--set '${override}'`;
}
