/** The packaged extension that the suites test: what a person installs, not the source tree. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { version } from '../../package.json';

/** The package for this machine, made by `npm run package -- TARGET`. Throws where it has not been made. */
export function packagedExtension(): string {
  const target = `${process.platform}-${process.arch}`;
  const file = resolve('dist', `gan-workbench-${target}-${version}.vsix`);
  if (!existsSync(file)) throw new Error(`There is no ${file}: run "npm run package -- ${target}".`);
  return file;
}

/** Unpacks a VSIX into a folder and returns the extension's root in it. */
export function unpack(vsix: string, folder: string): string {
  for (const [name, content] of Object.entries(unzipSync(readFileSync(vsix)))) {
    if (!name.startsWith('extension/') || name.endsWith('/')) continue;
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return join(folder, 'extension');
}
