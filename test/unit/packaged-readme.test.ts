import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packagedReadme } from '../../scripts/packaged-readme.mjs';

const root = join(__dirname, '../..');

/** Returns the targets of the links and images in a Markdown text, nested ones included. */
function destinations(text: string): string[] {
  return [...text.matchAll(/\]\(([^)]*)\)/g)].map((match) => match[1] ?? '');
}

it.each(['README.md', 'README.zh-cn.md', 'CHANGELOG.md'])(
  'links in the packaged %s to the web and nowhere else',
  (name) => {
    const source = readFileSync(join(root, name), 'utf8');
    const shipped = name === 'CHANGELOG.md' ? source : packagedReadme(source);
    expect(destinations(shipped).filter((destination) => !destination.startsWith('https://'))).toEqual([]);
    expect(destinations(shipped).length).toBeGreaterThan(0);
  },
);

it('leaves out pictures that VS Code would not show, and keeps the text of links', () => {
  const text = [
    '# Title',
    'See [the gallery](docs/gallery.md) and [the web](https://example.org).',
    '| a |\n|---|\n| ![A picture](docs/a.png) |',
    '![From the web](https://example.org/a.png)',
    'Below [there](#there).\n',
  ];
  expect(packagedReadme(text.join('\n\n'))).toBe(
    [
      '# Title',
      'See the gallery and [the web](https://example.org).',
      '![From the web](https://example.org/a.png)',
      'Below [there](#there).\n',
    ].join('\n\n'),
  );
});
