// `npm run manifest`: writes what package.json and package.nls*.json say of commands and pages, from their table.
// `npm run manifest -- --check` only reports whether they are up to date.
import { loadSource } from './load-source.mjs';
import { reportUntranslated, writeGenerated } from './write-generated.mjs';

const { manifestFiles, untranslatedTitles } = await loadSource(`export * from './src/host/manifest';`);
writeGenerated(Object.entries(manifestFiles()));
reportUntranslated(untranslatedTitles());
