/** Chinese texts use the terms of the glossary, and none of the synonyms that it rejects. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const GLOSSARY = 'docs/zh-cn/glossary.md';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:zh-cn\.(?:json|md)|zh-cn[\\/][\w-]+\.md)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

const files = [
  'README.zh-cn.md',
  'package.nls.zh-cn.json',
  ...['l10n', 'course', 'media', 'docs'].flatMap(filesIn).filter((path) => path !== GLOSSARY),
];

interface Term {
  readonly english: string;
  readonly chosen: readonly string[];
  readonly rejected: readonly string[];
}

const terms = [...read(GLOSSARY).matchAll(/^\| ([A-Za-z].*?) \| (.*?) \| (.*?) \| .*\|$/gm)].map(
  ([, english = '', chosen = '', rejected = '']): Term => ({
    english,
    chosen: chosen.split('、'),
    rejected: rejected.split('、'),
  }),
);

it('reads the glossary and the Chinese texts', () => {
  expect(terms.length).toBeGreaterThan(20);
  expect(files).toEqual(
    expect.arrayContaining([
      'l10n/bundle.l10n.zh-cn.json',
      'course/01-two-networks/README.zh-cn.md',
      'docs/parts/zh-cn/objectives.md',
      'media/walkthrough/trouble.nls.zh-cn.md',
    ]),
  );
});

describe.each(terms)('$english', ({ chosen, rejected }) => {
  it.each(rejected)('is never %s', (synonym) => {
    expect(files.filter((path) => read(path).includes(synonym))).toEqual([]);
  });

  it.each(chosen)('is %s', (term) => {
    expect(files.some((path) => read(path).includes(term))).toBe(true);
  });
});
