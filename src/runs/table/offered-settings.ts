/** Which settings can be columns of the table of runs: every one that a run has. */
import type { RunConfig } from './run-configs';

export interface OfferedSetting {
  readonly key: string;
  /** In the order in which runs have them, each once. */
  readonly values: readonly string[];
}

/** Every setting of the runs; those in which they differ first. */
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
