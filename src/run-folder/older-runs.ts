/** Fills in fields that runs of version 0.1 did not record, from their config. */
import { isGroup } from '../shared/config-rows';
import { RUN_FILES, type RunRecord } from '../shared/run-format';
import { readJson } from './json-file';
import { pathInRun } from './path-in-run';

/** Data for a generator that takes images specifies the direction of translation or the super-resolution factor. */
export function generatorInputOf(config: unknown): NonNullable<RunRecord['generatorInput']> {
  const data = isGroup(config) && isGroup(config.data) ? config.data : {};
  const translates = typeof data.direction === 'string' && data.use !== 'colour';
  return translates || typeof data.superResolution === 'number' ? 'images' : 'latents';
}

/** Ignores a config that cannot be read; its readers report the problem. */
export async function completed(runFolder: string, record: RunRecord): Promise<RunRecord> {
  if (record.generatorInput !== undefined) return record;
  try {
    const config = await readJson(await pathInRun(runFolder, RUN_FILES.config));
    return { ...record, generatorInput: generatorInputOf(config) };
  } catch {
    return record;
  }
}
