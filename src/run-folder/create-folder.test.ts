import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { StorageError } from '../storage/storage-error';
import { createNumberedFolder } from './create-folder';

it('numbers folders one after the highest that is there', async () => {
  const runs = join(await temporaryFolder(), 'gan-runs');
  expect(basename(await createNumberedFolder(runs, 'dcgan-digits'))).toBe('00001-dcgan-digits');
  await mkdir(join(runs, '00041-other'));
  await mkdir(join(runs, '100000-beyond-five-digits'));
  await writeFile(join(runs, 'notes.txt'), '');
  expect(basename(await createNumberedFolder(runs, 'dcgan-digits'))).toBe('100001-dcgan-digits');
});

it('gives each number once, however many ask at the same time', async () => {
  const runs = await temporaryFolder();
  const folders = await Promise.all(
    Array.from({ length: 20 }, (_, i) => createNumberedFolder(runs, `experiment ${i}`)),
  );
  const numbers = folders.map((folder) => basename(folder).slice(0, 5));
  expect(new Set(numbers).size).toBe(20);
  expect((await readdir(runs)).filter((name) => name.startsWith('.'))).toEqual(['.gitignore']);
});

it.each([
  ['My Ünïcode Experiment!', '00001-my-unicode-experiment'],
  ['../../etc/passwd', '00001-etc-passwd'],
  ['数字', '00001-数字'],
  ['***', '00001-run'],
  ['x'.repeat(300), `00001-${'x'.repeat(60)}`],
])('makes a safe name of %s', async (experiment, name) => {
  expect(basename(await createNumberedFolder(await temporaryFolder(), experiment))).toBe(name);
});

it('makes the sub-folders, and a .gitignore that it does not overwrite', async () => {
  const runs = await temporaryFolder();
  const folder = await createNumberedFolder(runs, 'a');
  expect((await readdir(folder)).sort()).toEqual(['checkpoints', 'control', 'samples']);
  expect(await readFile(join(runs, '.gitignore'), 'utf8')).toBe('*\n');
  await writeFile(join(runs, '.gitignore'), 'mine');
  await createNumberedFolder(runs, 'b');
  expect(await readFile(join(runs, '.gitignore'), 'utf8')).toBe('mine');
});

it('says so when the folder cannot be made', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  await expect(createNumberedFolder(join(folder, 'file', 'gan-runs'), 'a')).rejects.toThrow(StorageError);
});
