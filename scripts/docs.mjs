// `npm run docs`: generates docs/parts, with a page for each kind of part, and docs/troubleshooting.md from the
// descriptions in the code, both in English and in Chinese. `npm run docs -- --check` only reports whether they are up to date.
import { loadSource } from './load-source.mjs';
import { reportUntranslated, writeGenerated } from './write-generated.mjs';

const { documentationFiles, untranslatedPages, PARTS_FOLDER } = await loadSource(
  `export * from './src/documentation/files';`,
);
writeGenerated(documentationFiles(), [PARTS_FOLDER]);
reportUntranslated(untranslatedPages());
