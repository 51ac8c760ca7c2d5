// Writes THIRD_PARTY_NOTICES.md: every package that ships with the product, with its licence text.
//   node scripts/notices.mjs
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** Only one of them ships with each package; leaving them out makes the notices independent of the platform. */
const OF_A_PLATFORM = /node_modules\/(?:@img\/sharp|@koromix\/koffi)-/;

const sections = Object.entries(packages)
  .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !OF_A_PLATFORM.test(path))
  .map(([path, { version }]) => {
    const folder = join(root, path);
    if (!existsSync(folder)) return undefined;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    const text =
      file === undefined ? '' : `\n\`\`\`text\n${readFileSync(join(folder, file), 'utf8').trim()}\n\`\`\`\n`;
    const name = path.replace(/^.*node_modules\//, '');
    return {
      name,
      text: `## ${name} ${version}\n\nLicence: ${manifest.license ?? 'see its package'}\n${text}`,
    };
  })
  .filter((section) => section !== undefined)
  .sort((a, b) => a.name.localeCompare(b.name));

const decoder = Object.entries(packages).find(([path]) => path.endsWith('@img/sharp-libvips-linux-x64'));
const LIBVIPS = [
  `## libvips (@img/sharp-libvips-* ${decoder?.[1].version})\n`,
  'Licence: LGPL-3.0-or-later\n',
  'The pictures of a person’s own data are decoded by libvips through sharp. It is a shared library beside the product, ' +
    'unmodified and dynamically linked (in the universal package it is compiled to WebAssembly, as `@img/sharp-wasm32`), ' +
    'and may be replaced by another build. Its source, that of the libraries in it and their licences are at ' +
    'https://github.com/lovell/sharp-libvips and https://github.com/libvips/libvips.\n',
].join('\n');

writeFileSync(
  join(root, 'THIRD_PARTY_NOTICES.md'),
  [
    '# Third-party notices\n',
    'GAN Workbench ships with the packages below, each under its own licence. The digits in `assets/digits` are from MNIST; their licence is beside them.\n',
    LIBVIPS,
    ...sections.map(({ text }) => text),
  ].join('\n'),
);
