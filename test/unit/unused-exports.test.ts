/** Every exported function, class and value must be used by another file. Types are exempt, as documentation, and generated messages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '../..');
const EXPORT = /^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm;
/** VS Code calls the exports of this file. */
const ENTRY = 'src/extension.ts';

it('finds no export that no other file names', () => {
  const words = new Map(
    ['src', 'webview', 'test', 'bench'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ts|mjs)$/.test(name) && !/(?:\.d\.m?|_pb\.)ts$/.test(name))
        .map((name) => {
          const text = readFileSync(join(root, folder, name), 'utf8');
          const exported = [...text.matchAll(EXPORT)].map(([, found = '']) => found);
          return [`${folder}/${name}`, { exported, used: new Set(text.match(/\w+/g)) }] as const;
        }),
    ),
  );
  const unused = [...words].flatMap(([file, { exported }]) =>
    exported
      .filter((name) => ![...words].some(([other, { used }]) => other !== file && used.has(name)))
      .map((name) => `${file}: ${name}`),
  );
  expect(unused.filter((found) => !found.startsWith(ENTRY))).toEqual([]);
});
