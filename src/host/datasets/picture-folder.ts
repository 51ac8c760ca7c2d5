/** How an experiment names a folder of pictures: relative to the workspace where it lies inside, with forward slashes. */
import nodePath from 'node:path';

/** @param path of this system; tests give that of another */
export function pictureFolder(
  workspaceFolder: string,
  pictures: string,
  path: Pick<typeof nodePath, 'relative' | 'sep' | 'isAbsolute'> = nodePath,
): string {
  const inside = path.relative(workspaceFolder, pictures);
  const isOutside = inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside);
  const named = isOutside ? pictures : inside === '' ? '.' : inside;
  // Elsewhere a backslash is a letter like any other.
  return path.sep === '\\' ? named.replaceAll('\\', '/') : named;
}
