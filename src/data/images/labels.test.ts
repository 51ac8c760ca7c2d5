import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { labelsFromFile } from './labels';

const TABLE = 'file,label\na.png,cat\n';

async function tableOf(bytes: Buffer): Promise<string> {
  const file = join(await temporaryFolder(), 'labels.csv');
  await writeFile(file, bytes);
  return file;
}

it.each([
  ['without a byte order mark', Buffer.from(TABLE)],
  ['with one', Buffer.from(`\uFEFF${TABLE}`)],
])('a table in UTF-8 %s is read', async (_, bytes) => {
  expect((await labelsFromFile(await tableOf(bytes), ['a.png'])).labelOf('a.png')).toBe(0);
});

it.each([
  ['little-endian', Buffer.from(`\uFEFF${TABLE}`, 'utf16le')],
  ['big-endian', Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16()],
  ['little-endian without a byte order mark', Buffer.from(TABLE, 'utf16le')],
  ['big-endian without a byte order mark', Buffer.from(TABLE, 'utf16le').swap16()],
])('a table in UTF-16, %s, is refused with what to do', async (_, bytes) => {
  const file = await tableOf(bytes);
  await expect(labelsFromFile(file, ['a.png'])).rejects.toMatchObject({
    message: `${file} is encoded as UTF-16.`,
    remedy: 'Save it as UTF-8, in Excel as "CSV UTF-8".',
  });
});

it.each([
  [
    'an object',
    '{\n  "a.png": "cat",\n  "b.png": "cat",\n  "a.png": "dog"\n}',
    '"a.png" twice, again in line 4',
  ],
  ['a row', '[{"file": "a.png",\n"label": "cat", "label": "dog"}]', '"label" twice, again in line 2'],
])('a key that %s of a JSON file repeats is named', async (_, text, named) => {
  const file = join(await temporaryFolder(), 'labels.json');
  await writeFile(file, text);
  await expect(labelsFromFile(file, ['a.png', 'b.png'])).rejects.toMatchObject({
    message: `${file} has the key ${named}.`,
    remedy: 'Keep one of the two.',
  });
});

it('the same key in several rows of a JSON file is not repeated', async () => {
  const file = join(await temporaryFolder(), 'labels.json');
  await writeFile(file, '[{"file": "a.png", "label": "cat"}, {"file": "b.png", "label": "dog"}]');
  expect((await labelsFromFile(file, ['a.png', 'b.png'])).names).toEqual(['cat', 'dog']);
});
