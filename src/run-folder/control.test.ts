import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { readLabels, requestControl, takeControlRequests, writeLabels } from './control';
import { RunFolderError } from './errors';

it('takes each request once and leaves other files alone', async () => {
  const folder = await temporaryFolder();
  expect(await takeControlRequests(folder)).toEqual([]);
  await requestControl(folder, 'checkpoint');
  await requestControl(folder, 'stop');
  await requestControl(folder, 'stop');
  await writeFile(join(folder, 'control/requests/note.txt'), '');
  expect(await takeControlRequests(folder)).toEqual(['stop', 'checkpoint']);
  expect(await takeControlRequests(folder)).toEqual([]);
});

it('takes a folder of that name for a request as well', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'control/requests/stop'), { recursive: true });
  expect(await takeControlRequests(folder)).toEqual(['stop']);
  expect(await takeControlRequests(folder)).toEqual([]);
});

it('keeps the name, the tags and the note that a person gave', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'control'));
  expect(await readLabels(folder)).toEqual({ schemaVersion: 1, tags: [], note: '' });
  const labels = { schemaVersion: 1, name: 'Best so far', tags: ['paper'], note: 'β₁ = 0.5' };
  await writeLabels(folder, labels);
  expect(await readLabels(folder)).toEqual(labels);
  await writeFile(join(folder, 'control/labels.json'), '{"schemaVersion":1}');
  await expect(readLabels(folder)).rejects.toThrow(RunFolderError);
});
