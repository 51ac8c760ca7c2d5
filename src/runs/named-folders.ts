/** The run folders listed in the settings, per workspace folder. */
import { isAbsolute, resolve } from 'node:path';

/**
 * @param setting the unvalidated value of the setting
 * @param base the workspace folder that the setting belongs to; if undefined, relative paths are ignored
 */
export function namedFolders(setting: unknown, base: string | undefined): readonly string[] {
  const named: readonly unknown[] = Array.isArray(setting) ? setting : [];
  const paths = named.filter((path) => typeof path === 'string').filter((path) => path.trim() !== '');
  return base === undefined ? paths.filter(isAbsolute) : paths.map((path) => resolve(base, path));
}
