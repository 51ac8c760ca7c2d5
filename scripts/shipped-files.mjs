// The repository files that a package contains unchanged: those that .vscodeignore names.
import { listFiles, PackageManager } from '@vscode/vsce';

/** vsce lists these in any case; scripts/package.mjs writes its own. */
const WRITTEN = ['package.json', 'README.md'];

/** Returns paths relative to `root`, with forward slashes, sorted: the file system has no order. */
export async function shippedFiles(root) {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  return files.filter((path) => !WRITTEN.includes(path)).sort();
}
