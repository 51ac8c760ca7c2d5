/** The values of a config that can be changed in a form, as text and back. */
import { isGroup } from '../../../src/shared/config-rows';
import type { ConfigChanges } from '../../../src/shared/live-request';
import type { ConfigValue } from '../../../src/shared/run-format';

export type FieldKey =
  | 'optimiser.generatorLearningRate'
  | 'optimiser.discriminatorLearningRate'
  | 'objective.name'
  | 'criticSteps'
  | 'generator.hidden'
  | 'discriminator.hidden';

/** The text of a value; undefined if the config has no such key. */
export function fieldText(config: unknown, key: FieldKey): string | undefined {
  const value = key
    .split('.')
    .reduce<unknown>((group, part) => (isGroup(group) ? group[part] : undefined), config);
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

/** The changes that lead from a config to these texts. Text that is no number stays text, which the host refuses. */
export function enteredChanges(config: unknown, entered: ReadonlyMap<FieldKey, string>): ConfigChanges {
  const changes: Record<string, ConfigValue> = {};
  for (const [key, text] of entered) {
    if (text.trim() === fieldText(config, key)) continue;
    // Another objective has options of its own.
    if (key === 'objective.name') changes.objective = { name: text };
    else if (key.endsWith('.hidden')) changes[key] = text.split(',').map(numberOrText);
    else changes[key] = numberOrText(text);
  }
  return changes;
}

function numberOrText(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed === '' || !Number.isFinite(number) ? trimmed : number;
}
