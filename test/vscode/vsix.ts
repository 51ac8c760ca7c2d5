/** The packaged extension that the suites test: what a person installs, not the source tree. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { version } from '../../package.json';
import { currentTarget, vsixPath } from '../../scripts/targets.mjs';

/** The package for this machine, made by `npm run package -- TARGET`. Throws where it has not been made. */
export function packagedExtension(): string {
  const target = currentTarget();
  const file = resolve(vsixPath(target, version));
  if (!existsSync(file)) throw new Error(`There is no ${file}: run "npm run package -- ${target}".`);
  return file;
}
