import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  Uri: {
    parse: (text: string) => {
      const { protocol, pathname } = new URL(text);
      return { scheme: protocol.slice(0, -1), fsPath: decodeURIComponent(pathname) };
    },
  },
}));

const { placeDropped } = await import('./dropped-images');

const file = (name: string) => ({ name, bytes: new TextEncoder().encode(name) });

it('stores a file of another program', async () => {
  const storage = await temporaryFolder();
  const placed = await placeDropped({ kind: 'files', files: [file('cat.png')] }, storage);
  expect(placed).toMatchObject({ isFolder: false, isCopy: true });
  expect(placed.path.startsWith(storage)).toBe(true);
  expect(await readFile(placed.path, 'utf8')).toBe('cat.png');
});

it('stores several files, or a folder under its name', async () => {
  const storage = await temporaryFolder();
  const several = await placeDropped({ kind: 'files', files: [file('a.png'), file('b.png')] }, storage);
  expect(several.path).toMatch(/dropped-images$/);
  expect((await readdir(several.path)).sort()).toEqual(['a.png', 'b.png']);
  const files = [file('cats/a.png'), file('cats/more/b.png')];
  const folder = await placeDropped({ kind: 'files', files }, storage);
  expect(folder.path).toMatch(/cats$/);
  expect((await readdir(folder.path, { recursive: true })).sort()).toEqual([
    'a.png',
    'more',
    join('more', 'b.png'),
  ]);
});

it('stores nothing outside of its folder, whatever the names are', async () => {
  const outer = await temporaryFolder();
  const storage = join(outer, 'storage');
  await placeDropped({ kind: 'files', files: [file('../../a.png'), file('/etc/b.png')] }, storage);
  expect(await readdir(outer)).toEqual(['storage']);
});

it('takes a file or folder of this machine where it is, and copies several', async () => {
  const [folder, storage] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(folder, 'a b.png'), 'a');
  await writeFile(join(folder, 'c.png'), 'c');
  const uris = ['a%20b.png', 'c.png'].map((name) => `file://${folder}/${name}`);
  const [first = ''] = uris;
  expect(await placeDropped({ kind: 'addresses', uris: [first] }, storage)).toEqual({
    path: join(folder, 'a b.png'),
    isFolder: false,
    isCopy: false,
  });
  const remote = `vscode-remote://localhost${folder}`;
  expect(await placeDropped({ kind: 'addresses', uris: [remote] }, storage)).toMatchObject({
    path: folder,
    isFolder: true,
  });
  const copies = await placeDropped({ kind: 'addresses', uris }, storage);
  expect((await readdir(copies.path)).sort()).toEqual(['a b.png', 'c.png']);
});

it('keeps files of the same name apart', async () => {
  const [one, other] = [await temporaryFolder(), await temporaryFolder()];
  for (const folder of [one, other]) await writeFile(join(folder, 'a.png'), folder);
  const uris = [one, other].map((folder) => `file://${folder}/a.png`);
  const { path } = await placeDropped({ kind: 'addresses', uris }, await temporaryFolder());
  const stored = await Promise.all(['a.png', '2-a.png'].map((name) => readFile(join(path, name), 'utf8')));
  expect(stored).toEqual([one, other]);
});

it.each([
  ['https://example.org/a.png', 'is no file on this machine'],
  ['untitled:a.png', 'is no file on this machine'],
])('refuses %s', async (uri, message) => {
  const refused = placeDropped({ kind: 'addresses', uris: [uri] }, await temporaryFolder());
  await expect(refused).rejects.toThrow(message);
});

it('refuses several folders', async () => {
  const uris = [`file://${await temporaryFolder()}`, `file://${await temporaryFolder()}`];
  const refused = placeDropped({ kind: 'addresses', uris }, await temporaryFolder());
  await expect(refused).rejects.toThrow('Several folders cannot be translated at a time.');
});

it('deletes copies of long ago', async () => {
  const storage = await temporaryFolder();
  for (const name of ['old', 'new']) await mkdir(join(storage, name));
  await utimes(join(storage, 'old'), 0, 0);
  await placeDropped({ kind: 'files', files: [file('a.png')] }, storage);
  const left = await readdir(storage);
  expect(left).toHaveLength(2);
  expect(left).toContain('new');
});
