import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { makeFolders } from './make-folders';

it('makes what is missing and leaves what exists', async () => {
  const path = join(await temporaryFolder(), 'a', 'b', 'c');
  await makeFolders(path);
  await makeFolders(path);
  expect((await stat(path)).isDirectory()).toBe(true);
});

it('says so where a part of the path is a file', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(makeFolders(join(file, 'a'))).rejects.toThrow('ENOTDIR');
});

it.runIf(process.platform === 'linux')('gives up where nothing can be created', async () => {
  await expect(makeFolders('/proc/self/.cache/gan-workbench')).rejects.toThrow('ENOENT');
});

it('reports a read-only file system rather than a parent that is missing for that reason', async () => {
  const [mount, missing] = [join('/', 'mount'), join('/', 'mount', 'a')];
  const makeReadOnly = async (path: string): Promise<never> => {
    const code = path === mount ? 'EEXIST' : path === missing ? 'EROFS' : 'ENOENT';
    throw Object.assign(new Error(code), { code });
  };
  await expect(makeFolders(join(missing, 'b', 'c'), makeReadOnly)).rejects.toThrow('EROFS');
});
