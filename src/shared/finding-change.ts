/** A change suggested by a finding, in `--set` syntax, which both the command line and the worker accept. */
import type { FindingChange } from './run-format';

/** `key=value`, with JSON values. */
export function overridesOf({ set }: Pick<FindingChange, 'set'>): string[] {
  return Object.entries(set).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
}
