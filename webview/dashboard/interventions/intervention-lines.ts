/** What was done to a run while it trained, as lines of text. */
import type { ConfigDifference, ConfigValue, Intervention } from '../../../src/shared/run-format';
import { t } from '../../shared/texts';

export interface InterventionLine {
  readonly step: number;
  readonly text: string;
  /** How often it was done in a row. */
  readonly times: number;
}

/** In order; updates of the same network at the same step are one line. */
export function grouped(interventions: readonly Intervention[]): readonly InterventionLine[] {
  const lines: InterventionLine[] = [];
  for (const one of interventions) {
    const text = textOf(one);
    const last = lines.at(-1);
    if (last?.step === one.step && last.text === text && one.type === 'playerStep')
      lines[lines.length - 1] = { ...last, times: last.times + 1 };
    else lines.push({ step: one.step, text, times: 1 });
  }
  return lines;
}

function textOf(one: Intervention): string {
  if (one.type === 'change') return one.changes.map(changeText).join(' · ');
  return one.player === 'generator' ? t('Generator updated alone') : t('Discriminator updated alone');
}

function changeText({ key, before, after }: ConfigDifference): string {
  return `${key}: ${valueText(before)} → ${valueText(after)}`;
}

function valueText(value: ConfigValue | undefined): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
