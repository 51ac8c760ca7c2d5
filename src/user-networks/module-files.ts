/**
 * A module with all its relative imports: the files that a run must keep to resume as it began. Packages imported by
 * name resolve from the run folder, as for any module there.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { describeError } from '../shared/errors';
import { localizable, verbatim } from '../shared/localizable-text';
import { errorCode } from '../storage/storage-error';
import { UserNetworkError } from './user-network-error';

export interface ModuleFiles {
  /** Absolute path. */
  readonly entry: string;
  /** Source text by absolute path; the entry comes first. */
  readonly files: ReadonlyMap<string, string>;
  /** Hash of all the texts, which distinguishes a changed module. */
  readonly hash: string;
}

/** Throws `UserNetworkError` if a file is missing or cannot be parsed. */
export async function readModuleFiles(entry: string): Promise<ModuleFiles> {
  await init;
  const files = new Map<string, string>();
  const pending = [{ file: entry, importer: undefined as string | undefined }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { file, importer } = next;
    if (files.has(file)) continue;
    const text = await readSource(file, importer);
    files.set(file, text);
    if (extname(file) === '.json') continue;
    for (const specifier of relativeImports(file, text))
      pending.push({ file: resolve(dirname(file), specifier), importer: file });
  }
  const hash = createHash('sha256');
  for (const [file, text] of files) hash.update(`${relative(dirname(entry), file)}\0${text}\0`);
  return { entry, files, hash: hash.digest('hex').slice(0, 16) };
}

async function readSource(file: string, importer: string | undefined): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = errorCode(error) === 'ENOENT';
    const found = missing
      ? localizable('{0} does not exist', file)
      : localizable('{0} cannot be read: {1}', file, describeError(error));
    throw new UserNetworkError(
      importer === undefined
        ? verbatim(found, '.')
        : localizable('{0}; it is imported by {1}.', found, importer),
      importer ?? localizable('the experiment'),
      { cause: error },
    );
  }
}

function relativeImports(file: string, text: string): string[] {
  try {
    const [imports] = parse(text, file);
    return imports.flatMap(({ specifier }) =>
      specifier != null && /^\.{1,2}\//.test(specifier) ? [specifier] : [],
    );
  } catch (error) {
    throw new UserNetworkError(localizable('{0} cannot be parsed: {1}', file, describeError(error)), file, {
      cause: error,
    });
  }
}

/** Returns the innermost folder that contains all the files. */
export function commonFolder({ entry, files }: ModuleFiles): string {
  let folder = dirname(entry);
  for (const file of files.keys())
    while (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) folder = dirname(folder);
  return folder;
}
