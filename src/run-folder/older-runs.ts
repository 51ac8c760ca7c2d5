/** What runs of version 0.1 do not say of themselves and their configuration does. */
import { isGroup } from '../shared/config-rows';
import { RUN_FILES, type RunRecord } from '../shared/run-format';
import { readJson } from './json-file';
import { pathInRun } from './path-in-run';

/** Data whose generator is given images names the direction of translation, or by how much images were reduced. */
export function generatorInputOf(config: unknown): NonNullable<RunRecord['generatorInput']> {
  const data = isGroup(config) && isGroup(config.data) ? config.data : {};
  const translates = typeof data.direction === 'string' && data.use !== 'colour';
  return translates || typeof data.superResolution === 'number' ? 'images' : 'latents';
}

/** A configuration that cannot be read says nothing; whoever needs it says so. */
export async function completed(runFolder: string, record: RunRecord): Promise<RunRecord> {
  if (record.generatorInput !== undefined) return record;
  try {
    const config = await readJson(await pathInRun(runFolder, RUN_FILES.config));
    return { ...record, generatorInput: generatorInputOf(config) };
  } catch {
    return record;
  }
}
