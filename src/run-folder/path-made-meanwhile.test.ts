import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { pathInRun } from './path-in-run';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, realpath: vi.fn(original.realpath) };
});

it('takes a folder that another process makes while it looks for no link', async () => {
  const run = await temporaryFolder();
  const folder = join(run, 'control');
  const { realpath: follow } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  vi.mocked(realpath)
    .mockImplementationOnce(follow)
    .mockImplementationOnce(async (path) => {
      await mkdir(folder);
      throw Object.assign(new Error(`no such file or directory: ${path}`), { code: 'ENOENT' });
    });
  expect(await pathInRun(run, 'control')).toBe(folder);
});
