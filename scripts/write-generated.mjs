// Writes files generated from the code. With `--check` it writes nothing, and the exit status tells whether the files
// in the repository are up to date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './ensure-installed.mjs';

/**
 * @param {Iterable<[string, string]>} files paths from the root of the repository, with forward slashes, and their
 * texts
 * @param {string[]} folders that contain only generated files: any other files in them are removed
 */
export function writeGenerated(files, folders = []) {
  const expected = new Map(files);
  const wrong = [
    ...[...expected].filter(([path, text]) => textOf(path) !== text).map(([path]) => path),
    ...folders.flatMap(filesIn).filter((path) => !expected.has(path)),
  ];
  if (process.argv.includes('--check')) {
    for (const path of wrong) console.error(`${path} is out of date.`);
    process.exitCode = wrong.length > 0 ? 1 : 0;
    return;
  }
  for (const path of wrong) {
    const file = join(root, path);
    const text = expected.get(path);
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    console.log(`${text === undefined ? 'Removed' : 'Wrote'} ${path}`);
  }
  if (wrong.length === 0) console.log('Everything is up to date.');
}

/**
 * Reports texts that were written in English for want of a translation; the exit status is then 1.
 * @param {Record<string, readonly string[]>} texts by the file where their translation belongs
 */
export function reportUntranslated(texts) {
  for (const [file, missing] of Object.entries(texts)) {
    if (missing.length === 0) continue;
    console.error(`Translate in ${file}, and run this again:`);
    for (const text of missing) console.error(`  ${JSON.stringify(text)}`);
    process.exitCode = 1;
  }
}

function textOf(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
