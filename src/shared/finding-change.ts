/** A change that a finding suggests, in the words of `--set`, which the command line and the worker take alike. */
import type { FindingChange } from './run-format';

/** `key=value`, the values as JSON. */
export function overridesOf({ set }: Pick<FindingChange, 'set'>): string[] {
  return Object.entries(set).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
}
