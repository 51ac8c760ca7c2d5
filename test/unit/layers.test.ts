/** Checks the imports between folders against the map in ARCHITECTURE.md, which lists the allowed imports of each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '../..');
const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
const IMPORT = /\b(?:from|import)\s*\(?\s*'([^']+)'/g;

/** A row of the map: folder, contents, imports. */
const ROW = /^\| `((?:src|webview)[^`]*)`\s*\|[^|]*\|([^|]*)\|$/gm;

/** `src/gan/networks/mlp.ts` → `src/gan`; files directly in `src`, and `webview`, are their own layer. */
function layerOf(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/');
  return top === 'src' && rest.length > 0 ? `${top}/${second}` : top === 'src' ? path : top;
}

interface Import {
  readonly file: string;
  readonly layer: string;
  /** A layer or the name of a package. */
  readonly imported: string;
}

/** What a file imports: paths from the root of the repository, and names of packages. */
function pathsIn(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, specifier = '']) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier,
  );
}

function importsOf(file: string): Import[] {
  return pathsIn(file).map((path) => ({
    file,
    layer: layerOf(file),
    imported: /^(src|webview)\//.test(path) ? layerOf(path) : path,
  }));
}

const files = ['src', 'webview']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
  .map((path) => path.split(sep).join('/'));
const imports = files.flatMap(importsOf);
const map = new Map(
  [...architecture.matchAll(ROW)].map(([, layer = '', allowed = '']) => [
    layer,
    new Set([...allowed.matchAll(/\w[\w-]*/g)].map(([name]) => (name === 'webview' ? name : `src/${name}`))),
  ]),
);

it('has a row for every folder', () => {
  expect([...map.keys()].sort()).toEqual([...new Set(files.map(layerOf))].sort());
});

it('lists just the folders that each folder imports', () => {
  const between = imports.filter(
    ({ layer, imported }) => /^(src|webview)(\/|$)/.test(imported) && imported !== layer,
  );
  const found = new Map([...map.keys()].map((layer) => [layer, new Set<string>()]));
  for (const { layer, imported } of between) found.get(layer)?.add(imported);
  const listed = (edges: ReadonlyMap<string, ReadonlySet<string>>) =>
    [...edges].flatMap(([layer, targets]) => [...targets].map((target) => `${layer} → ${target}`)).sort();
  expect(listed(found)).toEqual(listed(map));
});

it('goes one way: each row imports from rows above it alone', () => {
  const above = new Set<string>();
  const upward: string[] = [];
  for (const [layer, targets] of map) {
    for (const target of targets) if (!above.has(target)) upward.push(`${layer} → ${target}`);
    above.add(layer);
  }
  expect(upward).toEqual([]);
});

it('keeps vscode out of the core', () => {
  const outside = imports.filter(
    ({ layer, imported }) => imported === 'vscode' && layer !== 'src/host' && layer !== 'src/extension.ts',
  );
  expect(outside).toEqual([]);
});

it('lets pages share code through webview/shared alone', () => {
  const pageOf = (path: string): string => path.split('/')[1] ?? '';
  const across = files
    .filter((file) => file.startsWith('webview/'))
    .flatMap((file) =>
      pathsIn(file)
        .filter((path) => path.startsWith('webview/'))
        .filter((path) => ![pageOf(file), 'shared'].includes(pageOf(path)))
        .map((path) => `${file} → ${path}`),
    );
  expect(across).toEqual([]);
});

it('points at files that exist', () => {
  const paths = [...architecture.matchAll(/`((?:src|webview|test|docs|examples|bench|types)\/[\w./-]+)`/g)];
  const inFolder = [...architecture.matchAll(/\]\((?!https?:)([^)#]+)/g)];
  const all = [...paths, ...inFolder].map(([, path = '']) => path);
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
