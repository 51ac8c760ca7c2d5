/** Disambiguates items of the same name by their folders, as VS Code does for editors. */
import { basename, dirname, sep } from 'node:path';

/**
 * Returns for each path the shortest folder suffix that no other path of the same name has; empty for a unique name.
 */
export function distinctFolders(paths: readonly string[]): readonly string[] {
  return paths.map((path) => {
    const rivals = paths.filter((other) => other !== path && basename(other) === basename(path));
    if (rivals.length === 0) return '';
    const folders = dirname(path).split(sep);
    for (let count = 1; count < folders.length; count++) {
      const end = endOf(path, count);
      if (!rivals.some((rival) => endOf(rival, count) === end)) return end;
    }
    return dirname(path);
  });
}

function endOf(path: string, folders: number): string {
  return dirname(path).split(sep).slice(-folders).join(sep);
}
