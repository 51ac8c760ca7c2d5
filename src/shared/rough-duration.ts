/** A time estimate rounded for display: 28 seconds are "about 30 s", 165 are "about 3 min". */

export interface RoughDuration {
  readonly value: number;
  readonly unit: 'seconds' | 'minutes' | 'hours';
}

/** Finer rounding would suggest more precision than an estimate has. */
const FINENESS = [
  { below: 20, by: 1 },
  { below: 90, by: 5 },
] as const;
const MINUTE = 60;
const HOUR = 3600;

export function roughDuration(seconds: number): RoughDuration {
  for (const { below, by } of FINENESS)
    if (seconds < below) return { value: Math.max(1, Math.round(seconds / by) * by), unit: 'seconds' };
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 90) return { value: minutes, unit: 'minutes' };
  return { value: Math.round((seconds / HOUR) * 2) / 2, unit: 'hours' };
}
