import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { OccupiedError, type OutputPlace, writeOutput } from './placed-output';
import { StorageError } from './storage-error';

const file = (path: string, replaces = false): OutputPlace => ({ path, kind: 'file', replaces });
const folder = (path: string, replaces = false): OutputPlace => ({ path, kind: 'folder', replaces });

/** Writes a file of this text, or a folder that holds one and a subfolder with another. */
const text = (value: string) => (path: string) => writeFile(path, value);
const tree = (value: string) => async (path: string) => {
  await writeFile(join(path, 'a'), value);
  await mkdir(join(path, 'inner'));
  await writeFile(join(path, 'inner', 'b'), value);
};

describe('a file', () => {
  it('is replaced only if it may be, and before the work is done', async () => {
    const path = join(await temporaryFolder(), 'x');
    await writeOutput(file(path), text('1'));
    const refused = writeOutput(file(path), () => Promise.reject(new Error('was called')));
    await expect(refused).rejects.toThrow(OccupiedError);
    await expect(refused).rejects.toMatchObject({
      remedy: 'Choose another path.',
      commandLineRemedy: { text: 'Choose another path, or pass --force to replace its files.' },
    });
    await writeOutput(file(path, true), text('2'));
    expect(await readFile(path, 'utf8')).toBe('2');
  });

  it('is not there after a failure, nor anything else', async () => {
    const place = await temporaryFolder();
    const write = async (path: string) => {
      await writeFile(path, 'half');
      throw new Error('interrupted');
    };
    await expect(writeOutput(file(join(place, 'x')), write)).rejects.toThrow('interrupted');
    expect(await readdir(place)).toEqual([]);
  });

  it('does not take the place of a folder', async () => {
    const place = await temporaryFolder();
    await expect(writeOutput(file(place, true), text('1'))).rejects.toThrow(`${place} is a folder.`);
  });

  it('cannot be where no folder is', async () => {
    const missing = join(await temporaryFolder(), 'missing');
    const refused = writeOutput(file(join(missing, 'x')), () => Promise.reject(new Error('was called')));
    await expect(refused).rejects.toThrow(`Cannot write into ${missing}: it does not exist (ENOENT).`);
    await expect(refused).rejects.toThrow(StorageError);
  });
});

describe('a folder', () => {
  it('stays the same one if it is empty, as a shell may be in it', async () => {
    const place = await temporaryFolder();
    const path = join(place, 'empty');
    await mkdir(path);
    const { ino } = await stat(path);
    await writeOutput(folder(path), tree('1'));
    expect((await stat(path)).ino).toBe(ino);
    expect((await readdir(path)).sort()).toEqual(['a', 'inner']);
  });

  it.skipIf(process.platform === 'win32')('may be a link to an empty one', async () => {
    const place = await temporaryFolder();
    await mkdir(join(place, 'empty'));
    await symlink(join(place, 'empty'), join(place, 'link'));
    await writeOutput(folder(join(place, 'link')), tree('1'));
    expect((await readdir(join(place, 'empty'))).sort()).toEqual(['a', 'inner']);
  });

  it('is created, or filled if it is empty', async () => {
    const place = await temporaryFolder();
    await mkdir(join(place, 'empty'));
    for (const name of ['new', 'empty']) {
      await writeOutput(folder(join(place, name)), tree('1'));
      expect(await readFile(join(place, name, 'inner', 'b'), 'utf8')).toBe('1');
    }
    expect((await readdir(place)).sort()).toEqual(['empty', 'new']);
  });

  it('keeps its other files where it is written into', async () => {
    const path = join(await temporaryFolder(), 'x');
    await writeOutput(folder(path), tree('1'));
    await writeFile(join(path, 'inner', 'mine'), 'kept');
    await expect(writeOutput(folder(path), tree('2'))).rejects.toThrow(OccupiedError);
    await writeOutput(folder(path, true), tree('2'));
    expect((await readdir(join(path, 'inner'))).sort()).toEqual(['b', 'mine']);
    expect(await readFile(join(path, 'inner', 'b'), 'utf8')).toBe('2');
  });

  it('is not there after a failure', async () => {
    const place = await temporaryFolder();
    const write = async (path: string) => {
      await writeFile(join(path, 'a'), 'half');
      throw new Error('interrupted');
    };
    await expect(writeOutput(folder(join(place, 'x')), write)).rejects.toThrow('interrupted');
    expect(await readdir(place)).toEqual([]);
  });

  it('does not take the place of a file', async () => {
    const path = join(await temporaryFolder(), 'x');
    await writeFile(path, '');
    await expect(writeOutput(folder(path, true), tree('1'))).rejects.toThrow(OccupiedError);
  });
});
