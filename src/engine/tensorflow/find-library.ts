/**
 * Where TensorFlow's C library may be: named by a person, in the npm packages of tfjs-node, in a Python environment, or
 * in the system's library folders. Only names of files are looked up; nothing is run.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join, parse } from 'node:path';
import { LIBRARY_VARIABLE, WORKSPACE_VARIABLE } from '../../shared/tensorflow-search';

export interface FoundLibrary {
  readonly path: string;
  /** Libraries that have to be loaded before. */
  readonly dependencies: readonly string[];
}

/** Facts about the machine, so that tests can describe another one. */
export interface SearchContext {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly currentFolder: string;
}

interface LibraryNames {
  readonly library: RegExp;
  readonly framework?: RegExp;
}

/** The archives and npm packages have `libtensorflow`, Python packages `libtensorflow_cc`, which contains it. */
const NAMES: Partial<Record<NodeJS.Platform, LibraryNames>> = {
  linux: {
    library: /^libtensorflow(?:_cc)?\.so(?:\.2)?$/,
    framework: /^libtensorflow_framework\.so\.2$/,
  },
  darwin: {
    library: /^libtensorflow(?:_cc)?(?:\.2)?\.dylib$/,
    framework: /^libtensorflow_framework\.2\.dylib$/,
  },
  win32: { library: /^tensorflow\.dll$/ },
};

const NPM_PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/** The library that a person names, if one is named: a file, or a folder with it. */
export function namedLibrary(
  context: SearchContext,
): { readonly given: string; readonly found?: FoundLibrary } | undefined {
  const given = context.env[LIBRARY_VARIABLE];
  if (given === undefined || given === '') return undefined;
  const found = isFile(given)
    ? withDependencies(given, context.platform)
    : ['', 'lib', 'deps/lib', 'tensorflow']
        .map((folder) => libraryIn(join(given, folder), context.platform))
        .find((library) => library !== undefined);
  return { given, ...(found === undefined ? {} : { found }) };
}

/** All libraries that are not named, best first. */
export function installedLibraries(context: SearchContext): readonly FoundLibrary[] {
  const folders = [...npmFolders(context), ...pythonFolders(context), ...systemFolders(context)];
  return [...new Set(folders)].flatMap((folder) => libraryIn(folder, context.platform) ?? []);
}

function libraryIn(folder: string, platform: NodeJS.Platform): FoundLibrary | undefined {
  const names = NAMES[platform];
  if (names === undefined) return undefined;
  // `libtensorflow.so` before `libtensorflow.so.2` before `libtensorflow_cc.so.2`: mostly links to the same file.
  const [name] = entriesOf(folder)
    .filter((entry) => names.library.test(entry))
    .sort();
  return name === undefined ? undefined : withDependencies(join(folder, name), platform);
}

function withDependencies(path: string, platform: NodeJS.Platform): FoundLibrary {
  const framework = NAMES[platform]?.framework;
  const folder = dirname(path);
  const names = framework === undefined ? [] : entriesOf(folder).filter((entry) => framework.test(entry));
  return { path, dependencies: names.map((name) => join(folder, name)) };
}

function npmFolders(context: SearchContext): string[] {
  const roots = [
    ...workspaceFolders(context)
      .flatMap(withParents)
      .map((folder) => join(folder, 'node_modules')),
    ...globalModules(context),
  ];
  return roots.flatMap((root) => NPM_PACKAGES.map((name) => join(root, name, 'deps', 'lib')));
}

/** Where npm installs packages globally: beside the `npm` that is on the path, unless it is told otherwise. */
function globalModules({ platform, env }: SearchContext): string[] {
  const prefix = env.NPM_CONFIG_PREFIX ?? env.npm_config_prefix;
  if (platform === 'win32')
    return [prefix, env.APPDATA && join(env.APPDATA, 'npm')].flatMap((folder) =>
      folder ? [join(folder, 'node_modules')] : [],
    );
  const beside = pathFolders(env)
    .filter((folder) => existsSync(join(folder, 'npm')))
    .map(dirname);
  return [...(prefix ? [prefix] : []), ...beside].map((folder) => join(folder, 'lib', 'node_modules'));
}

function pythonFolders(context: SearchContext): string[] {
  const { platform, env, home } = context;
  const workspace = workspaceFolders(context).flatMap((folder) => [
    join(folder, '.venv'),
    join(folder, 'venv'),
  ]);
  const active = [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap((folder) => folder || []);
  const python = platform === 'win32' ? 'python.exe' : 'python3';
  const onPath = pathFolders(env)
    .filter((folder) => existsSync(join(folder, python)))
    .map((folder) => (platform === 'win32' ? folder : dirname(folder)));
  const personal = platform === 'win32' ? [] : [join(home, '.local')];
  return [...workspace, ...active, ...onPath, ...personal].flatMap((prefix) =>
    sitePackages(prefix, platform).map((site) => join(site, 'tensorflow')),
  );
}

/** The folders of a Python's packages, newest version first. Debian has its own name for them. */
function sitePackages(prefix: string, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') return [join(prefix, 'Lib', 'site-packages')];
  const library = join(prefix, 'lib');
  return entriesOf(library)
    .filter((name) => /^python3(?:\.\d+)?$/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((name) => ['site-packages', 'dist-packages'].map((kind) => join(library, name, kind)));
}

function systemFolders({ platform, env }: SearchContext): string[] {
  if (platform === 'win32') return pathFolders(env);
  const listed = (platform === 'darwin' ? env.DYLD_LIBRARY_PATH : env.LD_LIBRARY_PATH) ?? '';
  const usual =
    platform === 'darwin'
      ? ['/usr/local/lib', '/opt/homebrew/lib']
      : [
          '/usr/local/lib',
          '/usr/lib',
          '/usr/lib/x86_64-linux-gnu',
          '/usr/lib/aarch64-linux-gnu',
          '/usr/lib64',
        ];
  return [...listed.split(delimiter).filter((folder) => folder !== ''), ...usual];
}

/** No folder where the editor found none that is trusted. */
function workspaceFolders({ env, currentFolder }: SearchContext): string[] {
  const set = env[WORKSPACE_VARIABLE];
  return set === undefined ? [currentFolder] : set.split(delimiter).filter((folder) => folder !== '');
}

function withParents(folder: string): string[] {
  return parse(folder).root === folder ? [folder] : [folder, ...withParents(dirname(folder))];
}

function pathFolders(env: SearchContext['env']): string[] {
  return (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
