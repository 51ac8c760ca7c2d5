/** Formats an image folder for an experiment: relative to the workspace if it is inside, with forward slashes. */
import nodePath from 'node:path';

/** @param path module of this platform; tests pass that of another */
export function pictureFolder(
  workspaceFolder: string,
  pictures: string,
  path: Pick<typeof nodePath, 'relative' | 'sep' | 'isAbsolute'> = nodePath,
): string {
  const inside = path.relative(workspaceFolder, pictures);
  const isOutside = inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside);
  const named = isOutside ? pictures : inside === '' ? '.' : inside;
  // On other platforms a backslash is an ordinary character.
  return path.sep === '\\' ? named.replaceAll('\\', '/') : named;
}
