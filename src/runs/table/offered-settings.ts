/** Settings that can be columns of the table of runs: every setting of any run. */
import type { RunConfig } from './run-configs';

export interface OfferedSetting {
  readonly key: string;
  /** In order of first appearance, without duplicates. */
  readonly values: readonly string[];
}

/** All settings of the runs, split into those that differ and those that are the same. */
export function offeredSettings(configs: readonly RunConfig[]): {
  readonly differing: readonly OfferedSetting[];
  readonly same: readonly OfferedSetting[];
} {
  const keys = new Set(configs.flatMap((config) => [...config.keys()]));
  const settings = [...keys].map((key) => ({
    key,
    values: [...new Set(configs.flatMap((config) => config.get(key) ?? []))],
    isMissing: configs.some((config) => !config.has(key)),
  }));
  const offered = ({ key, values }: OfferedSetting): OfferedSetting => ({ key, values });
  const differs = ({ values, isMissing }: (typeof settings)[number]): boolean =>
    values.length > 1 || isMissing;
  return {
    differing: settings.filter(differs).map(offered),
    same: settings.filter((setting) => !differs(setting)).map(offered),
  };
}
