/** The README names everything that an experiment can name and every command of `gan`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/registry';
import { partKinds } from '../../src/documentation/kinds';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const [, table = ''] = /^(\| Data \|[\s\S]*?)\n\n/m.exec(readme) ?? [];

/** Described in the table rather than named, or in words. */
const IN_WORDS = ['generator-conditionings', 'schedules'];
const DESCRIBED = ['layers', 'module'];

it.each(partKinds.filter(({ page }) => !IN_WORDS.includes(page)))('names all of: $title', ({ parts }) => {
  const names = parts.map(({ name }) => name).filter((name) => !DESCRIBED.includes(name));
  expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

it('names every command of `gan`', () => {
  const lines = readme.split('\n');
  const missing = commands.filter(({ name }) => !lines.some((line) => line.startsWith(`gan ${name} `)));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
