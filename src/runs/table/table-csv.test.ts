import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { writeTableCsv } from './table-csv';

it('keeps numbers, leaves out what is missing, and writes no formula', async () => {
  const path = join(await temporaryFolder(), 'runs.csv');
  await writeTableCsv(path, [
    ['Run', 'Duration (s)', 'FID (50, of data)'],
    ['=HYPERLINK("x")', -1.25, null],
    ['@b', 3, 0.1],
  ]);
  expect(await readFile(path, 'utf8')).toBe(
    'Run,Duration (s),"FID (50, of data)"\r\n"\'=HYPERLINK(""x"")",-1.25,\r\n\'@b,3,0.1\r\n',
  );
});
