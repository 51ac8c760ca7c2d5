/** A finding of the diagnostics as lines for people, with what `gan resume --from STEP` would be given against it. */
import { overridesOf } from '../shared/finding-change';
import type { FindingRecord, RecoveryRecord } from '../shared/run-format';

/** Changes that are shown; the dashboard and the records have all. */
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

/** As a shell takes it. */
function setOption(override: string): string {
  return /^[\w.=-]+$/.test(override) ? `--set ${override}` : `--set '${override}'`;
}
