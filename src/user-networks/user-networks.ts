/** Networks in user modules: loaded when a run starts, copied to its folder, and loaded from there from then on. */
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { MODULE_NETWORK } from '../config/tagged';
import type { UserModules } from '../gan/networks/network';
import { RunFolderError } from '../run-folder/errors';
import { jsonText, readJson } from '../run-folder/json-file';
import { pathInRun } from '../run-folder/path-in-run';
import { describeError } from '../shared/errors';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import { RUN_FILES, RUN_SCHEMA_VERSION } from '../shared/run-format';
import { createFolder, writeFileDurably } from '../storage/durable-file';
import { networkOfFunction } from './call';
import { commonFolder, type ModuleFiles, readModuleFiles } from './module-files';
import { placeIn, syntaxError } from './place-in';
import { UserNetworkError } from './user-network-error';

/** Maps each module in the config to its copy, by a path relative to `modules/`. */
const INDEX = 'index.json';

const moduleIndex = z.object({ schemaVersion: z.int(), modules: z.record(z.string(), z.string()) });

export interface UserNetworks extends UserModules {
  /** Copies the modules to a run's folder, unless they were loaded from there. */
  keep(runFolder: string): Promise<void>;
}

/** The part of a config used here. */
type NetworkEntries = Readonly<Record<'generator' | 'discriminator', Readonly<Record<string, unknown>>>>;

/** Returns the modules that a config names. */
function modulesOf({ generator, discriminator }: NetworkEntries): string[] {
  return [generator, discriminator].flatMap(({ network, module }) =>
    network === MODULE_NETWORK && typeof module === 'string' ? [module] : [],
  );
}

/** Whether the config would run user code. */
export function namesModules(config: NetworkEntries): boolean {
  return modulesOf(config).length > 0;
}

interface Loaded {
  readonly files: ModuleFiles;
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * Loads the modules that the config names. Throws `UserNetworkError`.
 *
 * @param baseFolder the experiment's folder, which their paths are relative to
 */
export async function loadUserNetworks(config: NetworkEntries, baseFolder: string): Promise<UserNetworks> {
  return load(modulesOf(config), async (module) => resolve(baseFolder, module));
}

/**
 * Loads a run's own copies, regardless of later changes to the modules. Throws `UserNetworkError`, `RunFolderError`.
 */
export async function loadKeptNetworks(config: NetworkEntries, runFolder: string): Promise<UserNetworks> {
  const modules = modulesOf(config);
  if (modules.length === 0) return load([], async (module) => module);
  const folder = await pathInRun(runFolder, RUN_FILES.modules);
  const index = moduleIndex.safeParse(await readJson(join(folder, INDEX)));
  return load(modules, async (module) => {
    const kept = index.data?.modules[module];
    if (kept !== undefined) return pathInRun(folder, kept);
    throw new RunFolderError(
      localizable('{0} does not list a copy of {1}.', join(folder, INDEX), module),
      localizable('Restore the folder from a backup, or start a new run.'),
    );
  });
}

async function load(
  modules: readonly string[],
  fileOf: (module: string) => Promise<string>,
): Promise<UserNetworks> {
  const loaded = new Map<string, Loaded>();
  for (const module of new Set(modules)) {
    const files = await readModuleFiles(await fileOf(module));
    loaded.set(module, { files, exports: await importModule(files) });
  }
  return {
    network(module, name, context) {
      const found = loaded.get(module);
      if (found === undefined) throw new RangeError(`the module ${module} was not loaded`);
      const { entry } = found.files;
      const value = found.exports[name];
      if (typeof value !== 'function') throw new UserNetworkError(notAFunction(found, name, value), entry);
      const run = (...given: unknown[]): unknown => Reflect.apply(value, undefined, given);
      return networkOfFunction({ run, name, file: entry }, context);
    },
    keep: (runFolder) => keep(loaded, runFolder),
  };
}

function notAFunction({ files, exports }: Loaded, name: string, value: unknown): LocalizableText {
  if (Object.hasOwn(exports, name))
    return localizable('"{0}" of {1} is {2} instead of a function.', name, files.entry, typeof value);
  const functions = Object.keys(exports).filter((key) => typeof exports[key] === 'function');
  return functions.length === 0
    ? localizable('{0} exports no functions; expected "{1}".', files.entry, name)
    : localizable(
        '{0} does not export "{1}"; it exports {2}.',
        files.entry,
        name,
        functions.map((key) => `"${key}"`).join(', '),
      );
}

async function importModule({ entry, hash, files }: ModuleFiles): Promise<Readonly<Record<string, unknown>>> {
  // Node.js caches modules by address; the hash makes a changed module reload.
  const address = `${pathToFileURL(entry).href}?${hash}`;
  try {
    const exports: unknown = await settled(import(/* @vite-ignore */ address));
    return z.record(z.string(), z.unknown()).parse({ ...z.looseObject({}).parse(exports) });
  } catch (error) {
    const place = placeIn(entry, error);
    const complaint = place === undefined ? await firstSyntaxError(files) : undefined;
    throw new UserNetworkError(
      complaint ??
        (place === undefined
          ? localizable('{0} cannot be loaded: {1}', entry, describeError(error))
          : localizable('{0} cannot be loaded ({1}): {2}', entry, place, describeError(error))),
      entry,
      { cause: error },
    );
  }
}

/** Throws if nothing pending could settle it: Node.js would exit as if it had succeeded. */
async function settled(loading: Promise<unknown>): Promise<unknown> {
  let onIdle = (): void => undefined;
  const isIdle = new Promise<never>((_, reject) => {
    onIdle = () => reject(new Error('its top-level await never finishes'));
  });
  process.once('beforeExit', onIdle);
  try {
    return await Promise.race([loading, isIdle]);
  } finally {
    process.off('beforeExit', onIdle);
  }
}

async function firstSyntaxError(files: ModuleFiles['files']): Promise<LocalizableText | undefined> {
  for (const file of files.keys()) {
    const complaint = await syntaxError(file);
    if (complaint !== undefined) return localizable('{0} cannot be loaded: {1}', file, complaint);
  }
  return undefined;
}

async function keep(loaded: ReadonlyMap<string, Loaded>, runFolder: string): Promise<void> {
  if (loaded.size === 0) return;
  const folder = join(resolve(runFolder), RUN_FILES.modules);
  if ([...loaded.values()].every(({ files }) => files.entry.startsWith(folder + sep))) return;
  const modules: Record<string, string> = {};
  for (const [i, [module, { files }]] of [...loaded].entries()) {
    const root = commonFolder(files);
    const copyOf = (file: string): string => join(String(i + 1), relative(root, file));
    for (const [file, text] of files.files) {
      const copy = join(folder, copyOf(file));
      await createFolder(dirname(copy));
      await writeFileDurably(copy, text);
    }
    modules[module] = copyOf(files.entry).replaceAll('\\', '/');
  }
  await writeFileDurably(join(folder, INDEX), jsonText({ schemaVersion: RUN_SCHEMA_VERSION, modules }));
}
