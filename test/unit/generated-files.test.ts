import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '../..');

it.each(['docs', 'manifest', 'schema'])('`npm run %s` would write nothing new', (name) => {
  const script = join(root, 'scripts', `${name}.mjs`);
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
