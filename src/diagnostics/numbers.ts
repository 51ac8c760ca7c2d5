/** Formats numbers in findings for display. */
import type { StepRecord } from '../shared/run-format';
import type { RuleContext } from './rule';

/** Three digits are enough for a judgement. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/**
 * Discriminator loss rescaled to 0, where it classifies with certainty, up to 1, where it cannot tell real from
 * generated.
 */
export function lossShare(loss: number, { lossRange }: RuleContext): number | undefined {
  if (lossRange === undefined) return undefined;
  return (loss - lossRange.sure) / (lossRange.undecided - lossRange.sure);
}

export const discriminatorLoss = (record: StepRecord): number => record.discriminatorLoss;
export const generatorLoss = (record: StepRecord): number => record.generatorLoss;
export const realScore = (record: StepRecord): number => record.realScore;
export const fakeScore = (record: StepRecord): number => record.fakeScore;
export const generatorGradient = (record: StepRecord): number => record.generatorGradientNorm;
export const discriminatorGradient = (record: StepRecord): number => record.discriminatorGradientNorm;
