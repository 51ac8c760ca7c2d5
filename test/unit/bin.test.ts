import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { temporaryFolder } from '../support/temporary-folder';

const root = join(__dirname, '../..');
const manifest = z.looseObject({ bin: z.object({ gan: z.string() }) });
const { bin } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

/** Creates a clone that contains only the command. */
async function clone(): Promise<{ folder: string; gan: () => { status: number | null; output: string } }> {
  const folder = await temporaryFolder();
  const command = join(folder, bin.gan);
  cpSync(join(root, bin.gan), command);
  return {
    folder,
    gan() {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--version']);
      return { status, output: `${stdout}${stderr}` };
    },
  };
}

it('is a file that is there before anything is built, and can be executed', () => {
  expect(bin.gan.startsWith('dist/')).toBe(false);
  expect(existsSync(join(root, bin.gan))).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(root, bin.gan)).mode & 0o111).toBe(0o111);
});

it('says what to run before the first build, and works after it', async () => {
  const { folder, gan } = await clone();
  const before = gan();
  expect(before.status).toBe(1);
  expect(before.output).toContain(`Run \`npm ci && npm run build\` in ${folder} first`);
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'gan.cjs'), 'console.log(process.argv[2]);');
  expect(gan()).toEqual({ status: 0, output: '--version\n' });
});
