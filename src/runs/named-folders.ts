/** The folders of runs that the settings name, of each folder of the workspace its own. */
import { isAbsolute, resolve } from 'node:path';

/**
 * @param setting what stands there, whatever it is
 * @param base the workspace folder whose setting it is; undefined where none is open: relative paths then lead nowhere
 */
export function namedFolders(setting: unknown, base: string | undefined): readonly string[] {
  const named: readonly unknown[] = Array.isArray(setting) ? setting : [];
  const paths = named.filter((path) => typeof path === 'string').filter((path) => path.trim() !== '');
  return base === undefined ? paths.filter(isAbsolute) : paths.map((path) => resolve(base, path));
}
