/** Activation loads only our own small files: anything heavy is behind a dynamic import. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const root = join(__dirname, '..', '..');

/** Returns every module that is evaluated when the entry is loaded, with the packages they import. */
async function loadedWith(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: imported, kind } of metafile.inputs[path]?.imports ?? [])
      if (kind === 'import-statement') visit(imported);
  };
  visit(entry);
  return [...seen].sort();
}

it('loads no package and nothing of the training core', async () => {
  const loaded = await loadedWith('src/extension.ts');
  expect(loaded).toContain('src/host/commands/register.ts');
  const isOurs = (path: string): boolean => /^src\/(extension\.ts|host\/|runs\/|shared\/)/.test(path);
  const isBuiltIn = (path: string): boolean => path === 'vscode' || path.startsWith('node:');
  expect(loaded.filter((path) => !isOurs(path) && !isBuiltIn(path))).toEqual([]);
});

it('loads the code of commands and pages only when they are called', async () => {
  expect(await loadedWith('src/host/registry.ts')).toEqual([
    'src/host/commands/menus.ts',
    'src/host/registry.ts',
    'src/shared/contributions.ts',
  ]);
});
