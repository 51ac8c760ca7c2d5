import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { packageRoot } from '../shared/package-root';
import { documentationFiles, PARTS_FOLDER } from './files';
import { pageText } from './page';

const files = documentationFiles();
const pages = new Map(
  [...files].flatMap(([path, text]): [string, string][] =>
    path.startsWith(`${PARTS_FOLDER}/`) ? [[path.slice(PARTS_FOLDER.length + 1), text]] : [],
  ),
);

describe('the generated pages are what the code says; `npm run docs` writes them', () => {
  it('has a page for each kind and no other', () => {
    expect(readdirSync(join(packageRoot(), PARTS_FOLDER)).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...files])('%s', (path, text) => {
    expect(readFileSync(join(packageRoot(), path), 'utf8')).toBe(text);
  });

  it('links to sections and pages that exist', () => {
    for (const [file, text] of pages) {
      const headings = anchorsIn(text);
      for (const [, target = ''] of text.matchAll(/\]\(([^)]*)\)/g))
        if (target.startsWith('#')) expect(headings, file).toContain(target.slice(1));
        else if (target.startsWith('../')) {
          const [other = '', anchor = ''] = target.split('#');
          const there = readFileSync(join(packageRoot(), PARTS_FOLDER, other), 'utf8');
          expect(anchorsIn(there), file).toContain(anchor);
        } else if (!target.startsWith('https://')) expect([...pages.keys()], file).toContain(target);
    }
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
    introduction: 'One of them.',
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
