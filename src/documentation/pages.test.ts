import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { packageRoot } from '../shared/package-root';
import { documentationFiles, PARTS_FOLDER, translatableTexts, untranslatedPages } from './files';
import { pageText } from './page';
import { CHINESE_PAGES_FILE } from './translations';
import { CHINESE_FOLDER } from './wording';

const files = documentationFiles();
const pages = new Map(
  [...files].flatMap(([path, text]): [string, string][] =>
    path.startsWith(`${PARTS_FOLDER}/`) ? [[path.slice(PARTS_FOLDER.length + 1), text]] : [],
  ),
);

describe('the generated pages are what the code says; `npm run docs` writes them', () => {
  it('has a page for each kind in each language and no other', () => {
    const written = readdirSync(join(packageRoot(), PARTS_FOLDER), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(join(packageRoot(), PARTS_FOLDER), join(entry.parentPath, entry.name)));
    expect(written.map((path) => path.replaceAll('\\', '/')).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...files])('%s', (path, text) => {
    expect(readFileSync(join(packageRoot(), path), 'utf8')).toBe(text);
  });

  it('links to sections and pages that exist', () => {
    for (const [file, text] of pages) {
      const headings = anchorsIn(text);
      for (const [, target = ''] of text.matchAll(/\]\(([^)]*)\)/g)) {
        if (target.startsWith('https://')) continue;
        const [page = '', anchor] = target.split('#');
        if (page === '') {
          expect(headings, file).toContain(anchor);
          continue;
        }
        const there = readFileSync(join(packageRoot(), PARTS_FOLDER, dirname(file), page), 'utf8');
        if (anchor !== undefined) expect(anchorsIn(there), file).toContain(anchor);
      }
    }
  });
});

describe('the Chinese pages', () => {
  it('have a translation of every text', () => {
    expect(untranslatedPages()).toEqual({ [CHINESE_PAGES_FILE]: [] });
  });

  it('have the sections of the English ones, with the same names, formulas, papers and examples', () => {
    for (const [file, text] of pages) {
      const translated = pages.get(`${CHINESE_FOLDER}/${file}`);
      if (translated === undefined) continue;
      const kept = (page: string): string[] => [
        ...(page.match(/(?<=^## .*)`[^`]+`$/gm) ?? []),
        ...(page.match(/^```json\n[^`]*```$/gm) ?? []),
        ...(page.match(/^\*[^*：]+\*$/gm) ?? []),
        ...(page.match(/^\| `\w+` \|/gm) ?? []),
      ];
      expect(kept(translated), file).toEqual(kept(text));
    }
    expect(pages.size % 2).toBe(0);
  });

  it('translate nothing that the pages do not say', () => {
    const texts: Record<string, string> = JSON.parse(
      readFileSync(join(packageRoot(), CHINESE_PAGES_FILE), 'utf8'),
    );
    expect(Object.keys(texts).filter((text) => !translatableTexts().has(text))).toEqual([]);
  });
});

function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^## (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

it('a page says of an option what is allowed, what it is if left out, and what it means', () => {
  const text = pageText({
    page: 'example',
    title: 'Examples',
    introduction: ['One of them.'],
    usage: (name) => `"example": "${name}"`,
    parts: [
      {
        name: 'one',
        title: 'The one',
        description: 'It does something.',
        paper: 'Somebody 2014, equation 1',
        formula: 'a | b',
        options: z.strictObject({
          weight: z.number().positive().default(2).describe('How much | how.'),
          file: z.string().describe('Which.'),
        }),
      },
    ],
  });
  expect(text).toContain('| [`one`](#the-one-one) | The one |');
  expect(text).toContain(
    '## The one: `one`\n\nIt does something.\n\n```text\na | b\n```\n\n*Somebody 2014, equation 1*',
  );
  expect(text).toContain('```json\n"example": "one"\n```');
  expect(text).toContain('| `weight` | a number greater than 0 | `2` | How much \\| how. |');
  expect(text).toContain('| `file` | a string | required | Which. |');
});
