import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shippedFiles } from '../../scripts/shipped-files.mjs';
import { temporaryFolder } from '../support/temporary-folder';

const root = join(__dirname, '../..');
const FOLDERS = ['l10n', 'media', 'schemas', 'types', 'assets', 'examples'];

/** Sources of the schemas and of the documentation, not read at run time. */
const SOURCES = /^l10n\/(?:schema|documentation)\./;

it('ships every file of these folders that is in the repository', async () => {
  const tracked = execFileSync('git', ['ls-files', '--', ...FOLDERS], { cwd: root, encoding: 'utf8' });
  const wanted = tracked
    .trim()
    .split('\n')
    .filter((path) => !SOURCES.test(path));
  const shipped = await shippedFiles(root);
  expect(shipped).toEqual(expect.arrayContaining(wanted));
  expect(shipped.filter((path) => SOURCES.test(path))).toEqual([]);
});

it('ships nothing that people and the system leave in them', async () => {
  const copy = await temporaryFolder();
  for (const file of ['.vscodeignore', 'package.json']) cpSync(join(root, file), join(copy, file));
  for (const folder of FOLDERS)
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !path.includes('gan-runs'),
    });
  const clean = await shippedFiles(copy);
  expect(clean.length).toBeGreaterThan(FOLDERS.length);
  for (const planted of [
    'examples/gan-runs/00001-digits/checkpoints/step-00000500.safetensors',
    'examples/gan-runs/00001-digits/run.json',
    'examples/gan-runs/mine.gan.json',
    'examples/notes.txt',
    'examples/pictures/cat.png',
    'assets/gan-runs/00001-x/run.json',
    'media/.DS_Store',
    'media/gan-runs/00001-x/samples/step-00000001.png',
  ]) {
    mkdirSync(join(copy, planted, '..'), { recursive: true });
    writeFileSync(join(copy, planted), '{}');
  }
  expect(await shippedFiles(copy)).toEqual(clean);
});
