// `npm run schema`: generates the JSON schemas in schemas/ from the config's zod schema. `npm run schema -- --check`
// only reports whether they are up to date.
import { loadSource } from './load-source.mjs';
import { reportUntranslated, writeGenerated } from './write-generated.mjs';

const { schemaFiles, untranslatedTexts } = await loadSource(`export * from './src/config/json-schema';`);
writeGenerated(Object.entries(schemaFiles()));
reportUntranslated(untranslatedTexts());
