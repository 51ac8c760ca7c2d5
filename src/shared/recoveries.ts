/** Which findings still hold: those whose condition has not cleared since. */
import type { FindingRecord, RecoveryRecord } from './run-format';

/** The step at which the condition of a finding cleared; undefined if it still holds as far as is known. */
export function recoveredAt(
  { rule, step }: FindingRecord,
  recoveries: readonly RecoveryRecord[],
): number | undefined {
  return recoveries.find((recovery) => recovery.rule === rule && recovery.foundAt === step)?.step;
}

export function standing(
  findings: readonly FindingRecord[],
  recoveries: readonly RecoveryRecord[],
): readonly FindingRecord[] {
  return findings.filter((finding) => recoveredAt(finding, recoveries) === undefined);
}
