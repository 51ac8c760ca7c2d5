import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { localizable } from '../shared/localizable-text';
import { readFolder, removeTemporaryFiles, writeFileDurably } from './durable-file';
import { StorageError, storageError } from './storage-error';

describe('writeFileDurably', () => {
  it('writes the chunks one after the other and leaves nothing else', async () => {
    const folder = await temporaryFolder();
    await writeFileDurably(join(folder, 'a.txt'), 'one ', Buffer.from('two'));
    await writeFileDurably(join(folder, 'a.txt'), 'three');
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('three');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('leaves the old file and nothing else when it fails', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'target', 'inside'), { recursive: true });
    await expect(writeFileDurably(join(folder, 'target'), 'text')).rejects.toThrow(StorageError);
    expect(await readdir(folder)).toEqual(['target']);
  });

  it('says which file cannot be written and why', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const path = join(folder, 'file', 'x');
    await expect(writeFileDurably(path, '')).rejects.toThrow(
      `Cannot write ${path}: part of the path is a file, not a folder (ENOTDIR).`,
    );
  });
});

it('removes what a killed writer left', async () => {
  const folder = await temporaryFolder();
  for (const name of ['.x.tmp', 'kept.tmp', '.hidden']) await writeFile(join(folder, name), '');
  await removeTemporaryFiles(folder);
  expect(await readFolder(folder)).toEqual(['.hidden', 'kept.tmp']);
});

describe('storageError', () => {
  it.each([
    ['ENOSPC', 'no space is left on the device'],
    ['EROFS', 'the file system is read-only'],
    ['EACCES', 'permission denied'],
    ['EDQUOT', 'the disk quota is exceeded'],
  ])('%s', (code, reason) => {
    const error = storageError(localizable('write {0}', 'x'), Object.assign(new Error('raw'), { code }));
    expect(error.message).toBe(`Cannot write x: ${reason} (${code}).`);
    expect(error.remedy).not.toBe('');
  });

  it.each(['ENOSPC', 'EDQUOT'])('the remedy for %s fits files outside of runs', (code) => {
    const error = storageError(localizable('write {0}', 'a.png'), Object.assign(new Error('raw'), { code }));
    expect(error.remedy).toBe('Free up disk space, then try again. Everything written before is intact.');
  });

  it('passes on what it does not know', () => {
    expect(storageError(localizable('write {0}', 'x'), new Error('odd')).message).toBe(
      'Cannot write x: odd.',
    );
  });

  it('leaves errors of ours as they are', () => {
    const error = new StorageError('already said', 'do this');
    expect(storageError(localizable('write {0}', 'x'), error)).toBe(error);
  });
});
