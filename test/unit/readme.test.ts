/** The README of each language names everything that an experiment can name and every command of `gan`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/registry';
import { partKinds } from '../../src/documentation/kinds';

const root = join(import.meta.dirname, '../..');

/** Described in the table rather than named, or in words. */
const IN_WORDS = ['generator-conditionings', 'schedules'];
const DESCRIBED = ['layers', 'module'];

describe.each([
  ['README.md', 'Data'],
  ['README.zh-cn.md', '数据'],
])('%s', (file, firstRow) => {
  const readme = readFileSync(join(root, file), 'utf8');
  const [, table = ''] = new RegExp(`^(\\| ${firstRow} \\|[\\s\\S]*?)\\n\\n`, 'm').exec(readme) ?? [];

  it.each(partKinds.filter(({ page }) => !IN_WORDS.includes(page)))('names all of: $title', ({ parts }) => {
    const names = parts.map(({ name }) => name).filter((name) => !DESCRIBED.includes(name));
    expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every command of `gan`', () => {
    const lines = readme.split('\n');
    const missing = commands.filter(({ name }) => !lines.some((line) => line.startsWith(`gan ${name} `)));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('links to files and sections that exist', () => {
    for (const [, target = ''] of readme.matchAll(/\]\(([^)]*)\)/g)) {
      if (target.startsWith('https://')) continue;
      expect(existsSync(join(root, target.split('#')[0] ?? '')), target).toBe(true);
    }
  });
});

it('shows the same commands, settings, pictures and figures in both languages', () => {
  const [english = '', chinese = ''] = ['README.md', 'README.zh-cn.md'].map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const facts = (text: string) => ({
    commands: /^```text\n([\s\S]*?)^```/m.exec(text)?.[1],
    settings: text.match(/^\| `gan\.[^|]*\|/gm),
    pictures: [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, path]) => path),
    figures: [...new Set(text.match(/\b\d+\.\d+\b/g))].sort(),
    code: text.match(/^```(?:sh|jsonc)$/gm)?.length,
  });
  expect(facts(chinese)).toEqual(facts(english));
});
