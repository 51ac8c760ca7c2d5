/**
 * Formats a finding of the diagnostics for the terminal, with the options for `gan resume --from STEP` that address it.
 */
import { overridesOf } from '../shared/finding-change';
import type { FindingRecord, RecoveryRecord } from '../shared/run-format';
import { inLanguage, t, translated } from './texts';

/** Maximum number of changes shown; the dashboard and the records have all. */
const MAX_CHANGES = 3;

export function findingText({
  step,
  severity,
  rule,
  title = rule,
  message,
  said,
  changes = [],
}: FindingRecord): string {
  const tries = changes.slice(0, MAX_CHANGES).map((change) => {
    const options = overridesOf(change).map(setOption).join(' ');
    return `  ${translated(change.said, change.title)}: ${options}`;
  });
  const first = t(
    'Step {0}, {1}: {2}. {3}',
    step,
    severityText(severity),
    inLanguage(title),
    translated(said, message),
  );
  return [first, ...tries].join('\n');
}

function severityText(severity: FindingRecord['severity']): string {
  switch (severity) {
    case 'info':
      return t('note');
    case 'warning':
      return t('warning');
    case 'error':
      return t('error');
  }
}

export function recoveryText({ step, title, foundAt }: RecoveryRecord): string {
  return t('Step {0}, recovered: {1} (found at step {2}).', step, inLanguage(title), foundAt);
}

/** Formats an option for a shell, quoted where necessary. */
function setOption(override: string): string {
  return /^[\w.=-]+$/.test(override) ? `--set ${override}` : `--set '${override}'`;
}
