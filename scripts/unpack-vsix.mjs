// Unpacks a package as VS Code does on installation.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/** Unpacks a VSIX into a folder and returns the extension's root in it. */
export function unpackVsix(vsix, folder) {
  for (const [name, content] of Object.entries(unzipSync(readFileSync(vsix)))) {
    if (!name.startsWith('extension/') || name.endsWith('/')) continue;
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return join(folder, 'extension');
}
