import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { RUN_FILES } from '../shared/run-format';
import { appendLog } from './run-log';

it('appends lines to a file that need not exist', async () => {
  const folder = await temporaryFolder();
  await appendLog(folder, 'one');
  await appendLog(folder, 'two');
  expect(await readFile(join(folder, RUN_FILES.log), 'utf8')).toMatch(/^\S+ one\n\S+ two\n$/);
});

it.skipIf(process.platform === 'win32')('refuses a pipe, which would block it', async () => {
  const folder = await temporaryFolder();
  execFileSync('mkfifo', [join(folder, RUN_FILES.log)]);
  await expect(appendLog(folder, 'one')).rejects.toThrow('is not a regular file');
});
