// Writes THIRD_PARTY_NOTICES.md: every package that ships with the product, with its licence text.
//   node scripts/notices.mjs
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

const sections = Object.entries(packages)
  .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
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

writeFileSync(
  join(root, 'THIRD_PARTY_NOTICES.md'),
  [
    '# Third-party notices\n',
    'GAN Workbench ships with the packages below, each under its own licence. The digits in `assets/digits` are from MNIST; their licence is beside them.\n',
    ...sections.map(({ text }) => text),
  ].join('\n'),
);
