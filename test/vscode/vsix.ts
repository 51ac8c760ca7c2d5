/** The packaged extension under test: what users install, not the source tree. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { version } from '../../package.json';
import { currentTarget, vsixPath } from '../../scripts/targets.mjs';

/** Path of the package for this machine, built by `npm run package -- TARGET`. Throws if it has not been built. */
export function packagedExtension(): string {
  const target = currentTarget();
  const file = resolve(vsixPath(target, version));
  if (!existsSync(file)) throw new Error(`There is no ${file}: run "npm run package -- ${target}".`);
  return file;
}
